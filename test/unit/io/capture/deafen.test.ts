import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { deafen } from "../../../../src/io/capture/deafen.ts";
import { RawClient } from "../../../helpers/raw-client.ts";

const GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

test("requests behind the one at which it happens are dropped in the middle of their packet, bodies and all", async () => {
  const { client, seen } = await serving((_request, _response, socket) => deafen(socket));
  await client.write(`${GET}POST /lost HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc${GET.repeat(1000)}`);
  await client.write(`POST /later HTTP/1.1\r\nHost: a\r\nContent-Length: 200000\r\n\r\n${"x".repeat(200_000)}`);
  await client.write(GET.repeat(1000));
  expect((await client.replies(1)).map(({ status }) => status)).toEqual([200]);
  expect(seen).toEqual(["/"]);
});

test("a socket without a parser is none the worse for it", async () => {
  const { client, sockets } = await serving();
  await client.write(GET);
  await client.replies(1);
  const [socket] = sockets;
  client.close();
  if (socket && !socket.destroyed) await once(socket, "close");
  expect(() => socket && deafen(socket)).not.toThrow();
});

async function serving(onRequest?: (request: IncomingMessage, response: ServerResponse, socket: Socket) => void) {
  const seen: (string | undefined)[] = [];
  const sockets: Socket[] = [];
  const server = createServer((request, response) => {
    seen.push(request.url);
    sockets.push(request.socket);
    onRequest?.(request, response, request.socket);
    request.resume();
    response.end("ok");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = await RawClient.connect((server.address() as AddressInfo).port);
  onTestFinished(() => {
    client.close();
    server.close();
  });
  return { client, seen, sockets };
}
