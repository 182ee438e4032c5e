import { describe, expect, test } from "vitest";
import { bodySizeBytes } from "../../../../src/core/model/body.ts";
import { ByteBudget } from "../../../../src/core/model/byte-budget.ts";
import { jsonReply } from "../../../../src/core/model/reply.ts";
import type { CapturedRequest } from "../../../../src/core/model/request.ts";
import type { Sender } from "../../../../src/io/capture/sender.ts";
import { gate, startCapture } from "../../../helpers/capture.ts";
import { RawClient } from "../../../helpers/raw-client.ts";

const GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const post = (bytes: number): string =>
  `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${bytes}\r\n\r\n${"x".repeat(bytes)}`;

describe("a sender", () => {
  test("was there for its reply, or was not", async () => {
    const { port, sender } = await heldSender();
    const staying = await RawClient.connect(port);
    await staying.write(GET);
    const first = await sender();
    expect(first.isGone()).toBe(false);
    first.go();
    await staying.replies(1);
    expect(await first.heard()).toBe(true);
    const leaving = await RawClient.connect(port);
    await leaving.write(GET);
    const second = await sender();
    const left = second.left();
    leaving.reset();
    await expect.poll(() => second.isGone()).toBe(true);
    expect(left.aborted).toBe(true);
    second.go();
    expect(await second.heard()).toBe(false);
    staying.close();
  });
});

describe("the body of a request that waits", () => {
  test("is forgotten where memory is scarce, and what it took given back", async () => {
    const memory = new ByteBudget(10_000);
    const { port, sender } = await heldSender(memory);
    const client = await RawClient.connect(port);
    await client.write(post(6000));
    const waiting = await sender();
    const { request } = waiting;
    expect(memory.takenBytes).toBe(6000);
    waiting.mayLetGo(() => Buffer.from("read again"));
    expect(memory.takenBytes).toBe(0);
    expect(bodySizeBytes(request.body)).toBe(6000);
    expect(request.body).toHaveProperty("bytes", Buffer.from("read again"));
    waiting.go();
    await client.replies(1);
    expect(memory.takenBytes).toBe(0);
    client.close();
  });

  test.each([
    ["there is enough memory", 100_000, 6000],
    ["it is small", 1000, 900],
  ])("is kept where %s", async (_what, limitBytes, bytes) => {
    const memory = new ByteBudget(limitBytes);
    const { port, sender } = await heldSender(memory);
    const client = await RawClient.connect(port);
    await client.write(post(bytes));
    const waiting = await sender();
    const { request } = waiting;
    waiting.mayLetGo(() => {
      throw new Error("it is not read");
    });
    expect(request.body).toHaveProperty("bytes.length", bytes);
    waiting.go();
    await client.replies(1);
    await expect.poll(() => memory.takenBytes).toBe(0);
    client.close();
  });
});

/** A capture server whose handler tells of its senders, one after the other, and waits until each may go. */
async function heldSender(memory?: ByteBudget) {
  const waiting: (Sender & { readonly request: CapturedRequest; readonly go: () => void })[] = [];
  const started = await startCapture({
    memory,
    handle: async (request, sender) => {
      const held = gate();
      waiting.push({ ...sender, request, go: held.open });
      await held.opened;
      return jsonReply(200, {});
    },
  });
  const sender = async () => {
    await expect.poll(() => waiting.length).toBeGreaterThan(0);
    const next = waiting.shift();
    if (!next) throw new Error("nobody waits");
    return next;
  };
  return { ...started, sender };
}
