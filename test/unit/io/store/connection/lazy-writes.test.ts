import { describe, expect, test } from "vitest";
import { bytesBody } from "../../../../../src/core/model/body.ts";
import type { EndedAttempt } from "../../../../../src/io/store/rows/new-delivery.ts";
import { LazyWrites } from "../../../../../src/io/store/connection/lazy-writes.ts";

const MIB = 1024 * 1024;

test("a write that fails while the store is well is a failure", async () => {
  const writes = new LazyWrites({
    trouble: () => undefined,
    write: async () => {
      throw new Error("a bug");
    },
  });
  await expect(writes.write(() => undefined)).rejects.toThrow("a bug");
});

describe("while the store is in trouble", () => {
  test("writes are kept, as many as there is room for, and made in their order when it is well", async () => {
    const { writes, recover } = troubled();
    const done: number[] = [];
    for (let at = 0; at < 12_000; at += 1) await writes.write(() => done.push(at));
    expect(done).toEqual([]);
    await recover();
    expect(done).toEqual(Array.from({ length: 10_000 }, (_none, at) => at));
    await recover();
    expect(done).toHaveLength(10_000);
  });

  test("large responses beyond 4 MiB are kept without their bodies, each time anew", async () => {
    const { writes, recover, fail } = troubled();
    for (let round = 0; round < 2; round += 1) {
      const sizes: number[] = [];
      for (let at = 0; at < 6; at += 1) await writes.writeAttempt(attempt(MIB), (one) => sizes.push(storedBytes(one)));
      await recover();
      expect(sizes).toEqual([MIB, MIB, MIB, MIB, 0, 0]);
      fail();
    }
  });

  test("an attempt without a response is kept as it is", async () => {
    const { writes, recover } = troubled();
    const written: EndedAttempt[] = [];
    const interrupted: EndedAttempt = { ...attempt(0), outcome: { kind: "interrupted" } };
    await writes.writeAttempt(interrupted, (one) => written.push(one));
    await recover();
    expect(written).toEqual([interrupted]);
  });
});

function troubled() {
  let trouble: Error | undefined = new Error("full");
  const writes = new LazyWrites({ trouble: () => trouble, write: async (run) => run() });
  const recover = async (): Promise<void> => {
    trouble = undefined;
    writes.catchUp();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { writes, recover, fail: () => (trouble = new Error("full again")) };
}

function attempt(bytes: number): EndedAttempt {
  const body = bytesBody(new Uint8Array(bytes));
  const response = { status: 200, statusText: "OK", headers: [], body, bodySizeBytes: bytes };
  const outcome = { kind: "response", response } as const;
  return { deliveryId: 1, number: 1, startedAtMs: 0, durationMs: 1, sentHeaders: [], outcome };
}

function storedBytes({ outcome }: EndedAttempt): number {
  return outcome.kind === "response" && outcome.response.body.kind === "bytes"
    ? outcome.response.body.bytes.length
    : -1;
}
