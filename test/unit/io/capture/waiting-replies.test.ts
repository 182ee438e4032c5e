import { once } from "node:events";
import { IncomingMessage, ServerResponse } from "node:http";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import type { Reply } from "../../../../src/core/model/reply.ts";
import { WaitingReplies } from "../../../../src/io/capture/waiting-replies.ts";
import { RawClient } from "../../../helpers/raw-client.ts";
import { SteppedClock } from "../../../helpers/stepped-clock.ts";

test("a sender is stalled from when it takes nothing of what is ready for it, and not once it does again", async () => {
  const { replies, clock, client, socket } = await connected();
  client.pause();
  while (socket.write(Buffer.alloc(1024 * 1024))) await new Promise((resolve) => setImmediate(resolve));
  const stalledMs = (): number => {
    clock.advance(10);
    return replies.stalledForMs();
  };
  await expect.poll(stalledMs).toBeGreaterThan(20);
  expect(replies.bytes).toBeGreaterThan(0);
  client.resume();
  await expect.poll(stalledMs).toBe(0);
  expect(replies.bytes).toBe(0);
});

test("large replies behind others are counted until they are out; small ones are not worth it", async () => {
  const { replies, socket } = await connected();
  const chunks = (async function* none() {})();
  const bodies: readonly Reply["body"][] = [
    { kind: "bytes", bytes: new Uint8Array(10_000) },
    { kind: "bytes", bytes: new Uint8Array(100) },
    { kind: "stream", chunks },
  ];
  const responses = bodies.map((body) => {
    const response = new ServerResponse(new IncomingMessage(socket));
    replies.count(response, { status: 200, headers: [], body });
    return response;
  });
  expect(replies.bytes).toBe(10_000 + 256 * 1024);
  for (const response of responses) response.emit("close");
  expect(replies.bytes).toBe(0);
});

test("a connection that is gone holds nothing", async () => {
  const { replies, socket } = await connected();
  const response = new ServerResponse(new IncomingMessage(socket));
  replies.count(response, { status: 200, headers: [], body: { kind: "bytes", bytes: new Uint8Array(10_000) } });
  socket.destroy();
  expect(replies.bytes).toBe(0);
});

async function connected() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const accepted = once(server, "connection") as Promise<[Socket]>;
  const client = await RawClient.connect((server.address() as AddressInfo).port);
  const [socket] = await accepted;
  onTestFinished(() => {
    client.close();
    socket.destroy();
    server.close();
  });
  const clock = new SteppedClock();
  return { client, socket, clock, replies: new WaitingReplies(socket, clock) };
}
