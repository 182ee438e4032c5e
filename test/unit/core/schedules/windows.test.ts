import { describe, expect, test } from "vitest";
import { DEFAULT_TOLERANCE } from "../../../../src/core/schedules/comparison.ts";
import { isWithin, windowBetween } from "../../../../src/core/schedules/windows.ts";

const rules = {
  delays: [1000, 60_000, 600_000],
  jitterPercent: 0,
  tolerance: DEFAULT_TOLERANCE,
  expected: { retries: { kind: "none", why: "" } },
} as const;

describe("windowBetween", () => {
  test("gives five seconds where a tenth is less, and never looks before the attempt itself", () => {
    expect(windowBetween(1, 2, { atMs: 0 }, rules)).toEqual({ expectedMs: 1000, fromMs: 0, toMs: 6000 });
    expect(windowBetween(3, 4, { atMs: 0 }, rules)).toEqual({ expectedMs: 600_000, fromMs: 540_000, toMs: 660_000 });
  });

  test("adds up the delays of those in between", () => {
    expect(windowBetween(1, 4, { atMs: 0 }, rules).expectedMs).toBe(661_000);
  });

  test("adds jitter on both sides", () => {
    const { fromMs, toMs } = windowBetween(3, 4, { atMs: 0 }, { ...rules, jitterPercent: 20 });
    expect([fromMs, toMs]).toEqual([420_000, 780_000]);
  });

  test.each([
    ["what it took to be told", { toldAfterMs: 2500 }, undefined, 68_500],
    ["the timeout, where it took longer", { toldAfterMs: 9000 }, 3000, 69_000],
    ["the timeout, where nobody knows", {}, 3000, 69_000],
  ])("adds %s, since delays count from the failure", (_, told, timeoutMs, toMs) => {
    const expected = { ...rules.expected, ...(timeoutMs === undefined ? {} : { timeoutMs }) };
    expect(windowBetween(2, 3, { atMs: 0, ...told }, { ...rules, expected }).toMs).toBe(toMs);
  });
});

test("both ends are within", () => {
  const window = { expectedMs: 5, fromMs: 1, toMs: 9 };
  expect([0, 1, 9, 10].map((gapMs) => isWithin(gapMs, window))).toEqual([false, true, true, false]);
});
