import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect, createServer as createTcpServer, Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { afterEachRead } from "../../../../src/io/capture/after-each-read.ts";
import { RawClient } from "../../../helpers/raw-client.ts";

test("tells of bytes that only Node's parser reads, in the middle of a head", async () => {
  const read: number[] = [];
  const server = createServer((request, response) => {
    request.resume();
    response.end("ok");
  }).listen(0, "127.0.0.1");
  server.on("connection", (socket) => afterEachRead(socket, () => read.push(socket.bytesRead)));
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const client = await RawClient.connect((server.address() as AddressInfo).port);
  const whole = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  await client.write(whole);
  await client.replies(1);
  await client.write("GET / HTTP/1.1\r\nX-Half: ");
  await expect.poll(() => read.at(-1)).toBe(whole.length + 24);
  client.close();
});

test("every byte that is read is told of once, and what is written is not", async () => {
  const server = createTcpServer().listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const theirs = connect((server.address() as AddressInfo).port, "127.0.0.1");
  onTestFinished(() => void theirs.destroy());
  const [ours] = (await once(server, "connection")) as [Socket];
  onTestFinished(() => void ours.destroy());
  const told: number[] = [];
  afterEachRead(ours, (bytes) => told.push(bytes));
  ours.write("an answer");
  for (const piece of ["one", "four"]) {
    theirs.write(piece);
    await once(ours, "data");
  }
  expect(told).toEqual([3, 4]);
});

test("a socket that has no such timer is left as it is", () => {
  const socket = Object.assign(new Socket(), { _unrefTimer: undefined });
  expect(() => afterEachRead(socket, () => undefined)).not.toThrow();
  socket.destroy();
});
