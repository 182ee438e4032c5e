import { describe, expect, test } from "vitest";
import { BRISK, POLITE, Slices } from "../../../../src/app/upkeep/slices.ts";
import type { Clock } from "../../../../src/core/model/clock.ts";
import { HookcliError } from "../../../../src/core/model/errors.ts";

const full = new HookcliError("STORE_FULL", { path: "x" });
const busy = new HookcliError("STORE_BUSY", { path: "x", seconds: 1 });

describe("portions", () => {
  test("shrink at once where a slice took too long, and grow slowly where it did not", async () => {
    const { slices, spend } = start({ least: 1, most: 200 });
    const portions: number[] = [];
    const slice = async (msPerRow: number): Promise<void> =>
      slices.next((portion) => {
        portions.push(portion);
        spend(portion * msPerRow);
      });
    await slice(0.01);
    await slice(0.01);
    await slice(3);
    await slice(3);
    const [first = 0, second = 0, third = 0, fourth = 0] = portions;
    expect(second).toBeGreaterThan(first);
    expect(second).toBeLessThanOrEqual(first * 1.5 + 1);
    expect(fourth).toBeLessThan(third / 10);
    // Two rows of 3 ms are a slice of 6.
    expect(slices.portion).toBe(POLITE.sliceMs / 3);
  });

  test("stay within their limits", async () => {
    const { slices, spend } = start({ least: 4, most: 50 });
    for (let turn = 0; turn < 20; turn += 1) await slices.next(() => undefined);
    expect(slices.portion).toBe(50);
    await slices.next(() => spend(10_000));
    expect(slices.portion).toBe(4);
  });
});

test("after each slice there is a rest that depends on what it took", async () => {
  const { slices, spend, waits } = start({ least: 1, most: 9 });
  await slices.next(() => spend(5));
  await slices.step(() => spend(20));
  expect(waits).toEqual([5 * POLITE.restFactor, 20 * POLITE.restFactor]);
});

test("on a full disk it is tried again with less: at once, for the ballast has made room, and then after a while", async () => {
  const { slices, waits } = start({ least: 1, most: 200, pace: BRISK });
  const portions: number[] = [];
  const result = await slices.next((portion) => {
    portions.push(portion);
    if (portions.length < 4) throw full;
    return "done";
  });
  expect([result, portions]).toEqual(["done", [20, 5, 1, 1]]);
  expect(waits).toEqual([100, 100, 0]);
});

test("a disk that stays full, or a lock that stays, is given up", async () => {
  const { slices } = start({ least: 1, most: 200 });
  const always = async (error: unknown): Promise<unknown> =>
    slices.step(() => {
      throw error;
    });
  await expect(always(full)).rejects.toBe(full);
  await expect(always(busy)).rejects.toBe(busy);
  await expect(always(new Error("bug"))).rejects.toThrow("bug");
});

test("an abort ends it before the next slice", async () => {
  const abort = new AbortController();
  const { slices } = start({ least: 1, most: 2, signal: abort.signal });
  await slices.step(() => abort.abort(new Error("enough")));
  await expect(slices.step(() => "never")).rejects.toThrow("enough");
});

/** Slices on a clock that moves by what work spends and by what is waited. */
function start(
  options: Pick<ConstructorParameters<typeof Slices>[0], "least" | "most" | "signal"> & { pace?: typeof POLITE },
) {
  let nowMs = 0;
  const waits: number[] = [];
  const clock: Clock = {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs,
    wait: async (durationMs) => {
      waits.push(durationMs);
      nowMs += durationMs;
    },
  };
  const spend = (durationMs: number): void => void (nowMs += durationMs);
  return { slices: new Slices({ clock, pace: POLITE, ...options }), spend, waits };
}
