import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import type { Reply } from "../../../../src/core/model/reply.ts";
import { writeTruncated } from "../../../../src/io/capture/write-truncated.ts";
import { RawClient } from "../../../helpers/raw-client.ts";
import { watchedStream } from "../../../helpers/watched-stream.ts";

async function written(reply: Reply, afterBytes?: number, isHead = false): Promise<string> {
  const server = createServer((socket) => {
    void writeTruncated(socket, reply, afterBytes, isHead).then(() => socket.end());
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const client = await RawClient.connect((server.address() as AddressInfo).port);
  const bytes = await client.ended();
  client.close();
  return bytes.toString("latin1");
}

const whole = (text: string): Reply => ({
  status: 200,
  headers: ["X-A", "\xe9"],
  body: { kind: "bytes", bytes: Buffer.from(text) },
});
const streamed = (pieces: readonly string[], headers: readonly string[] = []): Reply => ({
  status: 200,
  headers,
  body: { kind: "stream", chunks: watchedStream(pieces).chunks },
});

test.each([
  [undefined, 4, "ab"],
  [3, 4, "abc"],
  [0, 4, ""],
  [4, 5, "abcd"],
  [9, 5, "abcd"],
])("a body of four bytes, cut after %s, announces %i and brings %j", async (afterBytes, length, body) => {
  expect(await written(whole("abcd"), afterBytes)).toBe(
    `HTTP/1.1 200 OK\r\nX-A: \xe9\r\ncontent-length: ${length}\r\n\r\n${body}`,
  );
});

test("an empty body announces a byte that never comes", async () => {
  expect(await written(whole(""))).toMatch(/content-length: 1\r\n\r\n$/);
});

test.each([
  ["a HEAD", whole("abcd"), true],
  ["a 204", { ...whole(""), status: 204 }, false],
])("a reply to %s loses half of its head", async (_what, reply, isHead) => {
  const bytes = await written(reply, undefined, isHead);
  expect(bytes).toMatch(/^HTTP\/1\.1 20[04] /);
  expect(bytes).not.toContain("\r\n\r\n");
});

test.each([
  [undefined, "6", "one"],
  [4, "6", "onet"],
  [9, "7", "onetwo"],
])("a body that is still arriving, cut after %s, announces %s", async (afterBytes, length, body) => {
  const reply = streamed(["one", "two"], ["Content-Length", "6"]);
  expect(await written(reply, afterBytes)).toBe(`HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n${body}`);
});

test.each([
  [undefined, "5\r\nfi"],
  [7, "5\r\nfirst\r\n6\r\nse"],
  [5, "5\r\nfirst\r\n6\r\n"],
  [99, "5\r\nfirst\r\n6\r\nsecond\r\n"],
])("one of unknown length, cut after %s, comes in chunks of which the last never does", async (afterBytes, body) => {
  expect(await written(streamed(["first", "second"]), afterBytes)).toBe(
    `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${body}`,
  );
});
