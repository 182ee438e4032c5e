import { describe, expect, test } from "vitest";
import { ByteBudget } from "../../../../src/core/model/byte-budget.ts";
import type { Reply } from "../../../../src/core/model/reply.ts";
import { PassOn } from "../../../../src/io/delivery/pass-on.ts";

const KIB = 1024;
const MIB = 1024 * KIB;
const HEAD = { status: 201, statusText: "Made", headers: ["X-A", "1"] };

describe("a response that arrives at once", () => {
  test("is passed on whole", async () => {
    const { passOn } = begun();
    passOn.push(Buffer.from("one, "));
    passOn.push(Buffer.from("two"));
    passOn.end();
    expect(await passOn.reply).toEqual({ ...HEAD, body: { kind: "bytes", bytes: Buffer.from("one, two") } });
  });

  test("is none where it fails before it is whole", async () => {
    const { passOn } = begun();
    passOn.push(Buffer.from("half"));
    passOn.fail(new Error("reset"));
    expect(await passOn.reply).toBeUndefined();
  });

  test("is none where it never began", async () => {
    const passOn = new PassOn(() => undefined);
    passOn.fail(new Error("refused"));
    expect(await passOn.reply).toBeUndefined();
  });
});

describe("a response that takes its time", () => {
  test("is passed on while it arrives", async () => {
    const { passOn } = begun();
    passOn.push(Buffer.from("one"));
    const reader = readerOf(await passOn.reply);
    expect(await reader.next()).toEqual({ done: false, value: Buffer.from("one") });
    const next = reader.next();
    passOn.push(Buffer.from("two"));
    expect(await next).toEqual({ done: false, value: Buffer.from("two") });
    passOn.end();
    expect(await reader.next()).toEqual({ done: true, value: undefined });
  });

  test("breaks off for the reader too", async () => {
    const { passOn } = begun();
    const reader = readerOf(await passOn.reply);
    passOn.push(Buffer.from("one"));
    await reader.next();
    const next = reader.next();
    passOn.fail(new Error("reset"));
    await expect(next).rejects.toThrow("reset");
  });
});

describe("a large response", () => {
  test("pauses the target while the reader is slow, and goes on when half of it is read", async () => {
    const { passOn, resumed } = begun();
    const chunk = Buffer.alloc(256 * KIB);
    const taken = [1, 2, 3, 4, 5].map(() => passOn.push(chunk));
    expect(taken).toEqual([true, true, true, true, false]);
    const reader = readerOf(await passOn.reply);
    await reader.next();
    await reader.next();
    expect(resumed()).toBe(0);
    await reader.next();
    expect(resumed()).toBe(1);
  });

  test("pauses the target at once where responses have taken up the memory for all of them, and gives back what is read", async () => {
    const memory = new ByteBudget(MIB);
    memory.take(MIB);
    const { passOn, resumed } = begun(memory);
    expect(passOn.push(Buffer.alloc(64 * KIB))).toBe(false);
    expect(memory.takenBytes).toBe(MIB + 64 * KIB);
    const reader = readerOf(await passOn.reply);
    await reader.next();
    expect([resumed(), memory.takenBytes]).toEqual([1, MIB]);
    passOn.push(Buffer.alloc(64 * KIB));
    await reader.return?.();
    expect(memory.takenBytes).toBe(MIB);
  });

  test("gives back what it took, however it ends", async () => {
    const memory = new ByteBudget(MIB);
    const [whole, failed] = [begun(memory).passOn, begun(memory).passOn];
    whole.push(Buffer.alloc(100));
    failed.push(Buffer.alloc(100));
    whole.end();
    failed.fail(new Error("reset"));
    await Promise.all([whole.reply, failed.reply]);
    expect(memory.takenBytes).toBe(0);
  });

  test("is read to its end, unheard, where the reader leaves", async () => {
    const { passOn, resumed } = begun();
    passOn.push(Buffer.alloc(2 * MIB));
    const reader = readerOf(await passOn.reply);
    await reader.return?.();
    expect(resumed()).toBe(1);
    expect(passOn.push(Buffer.alloc(2 * MIB))).toBe(true);
    passOn.end();
  });

  test("does not hold the target where nobody has begun to read", async () => {
    const { passOn, resumed } = begun();
    expect(passOn.push(Buffer.alloc(2 * MIB))).toBe(false);
    const reply = await passOn.reply;
    await readerOf(reply).return?.();
    expect(resumed()).toBe(1);
  });
});

function begun(memory?: ByteBudget) {
  let resumed = 0;
  const passOn = new PassOn(() => (resumed += 1), memory);
  passOn.begin(HEAD);
  return { passOn, resumed: () => resumed };
}

function readerOf(reply: Reply | undefined): AsyncIterator<Uint8Array> {
  if (reply?.body.kind !== "stream") throw new Error("not a stream");
  return reply.body.chunks[Symbol.asyncIterator]();
}
