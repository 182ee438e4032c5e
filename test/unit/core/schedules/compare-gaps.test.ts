import { describe, expect, test } from "vitest";
import { compareGaps, isWithin, windowBetween } from "../../../../src/core/schedules/compare-gaps.ts";
import { type CompareOptions, DEFAULT_TOLERANCE, type SeenAttempt } from "../../../../src/core/schedules/comparison.ts";
import { parseSchedule } from "../../../../src/core/schedules/parse-schedule.ts";
import { delaysOf } from "../../../../src/core/schedules/schedule.ts";

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

const MINUTE = 60_000;

function compared(
  text: string,
  seen: readonly (number | (Partial<SeenAttempt> & { readonly at: number }))[],
  options: Partial<CompareOptions> = {},
) {
  const schedule = parseSchedule(text);
  const attempts = seen.map((one) => {
    const { at, ...rest } = typeof one === "number" ? { at: one } : one;
    return { atMs: Math.round(at * MINUTE), toldStatus: 500, toldAfterMs: 20, ...rest };
  });
  const rules = {
    delays: delaysOf(schedule),
    jitterPercent: schedule.jitterPercent,
    tolerance: DEFAULT_TOLERANCE,
    expected: { retries: { kind: "delays", schedule } },
  } as const;
  const nowMs = (attempts.at(-1)?.atMs ?? 0) + 1;
  const found = compareGaps(attempts, rules, { nowMs, tolerance: DEFAULT_TOLERANCE, ...options });
  return { ...found, words: found.attempts.map(({ number, finding, extra }) => `${number} ${extra ?? finding}`) };
}

describe("compareGaps", () => {
  test("finds each in its time, and says which is next and when", () => {
    const found = compared("1m,5m,30m,2h,6h", [0, 1, 6]);
    expect(found.words).toEqual(["1 first", "2 on-time", "3 on-time"]);
    expect(found).toMatchObject({ missing: [], most: 6, end: "open" });
    expect(found.next).toEqual({ number: 4, fromMs: 33 * MINUTE, toMs: 39 * MINUTE + 20 });
  });

  test("finds what comes early and what comes late", () => {
    expect(compared("5m,5m,5m", [0, 4, 10]).words).toEqual(["1 first", "2 early", "3 late"]);
  });

  test("finds a gap that holds two delays, and what is missing in it", () => {
    const found = compared("1m,5m,30m", [0, 6, 36]);
    expect(found.words).toEqual(["1 first", "3 on-time", "4 on-time"]);
    expect(found).toMatchObject({ missing: [2], end: "used-up" });
  });

  test("finds those missing that should have come by now", () => {
    const found = compared("1m,5m,30m", [0, 1], { nowMs: 20 * MINUTE });
    expect(found).toMatchObject({ missing: [3], next: { number: 4 } });
    expect(compared("1m,5m,30m", [0, 1], { nowMs: 90 * MINUTE })).toMatchObject({ missing: [3, 4], end: "used-up" });
  });

  test("takes whatever follows an acceptance for extra, and expects nothing more", () => {
    const found = compared("1m,5m,30m", [0, { at: 1, toldStatus: 200 }, 6]);
    expect(found.words).toEqual(["1 first", "2 on-time", "3 accepted"]);
    expect(found).toMatchObject({ end: "accepted", missing: [] });
    expect(found.next).toBeUndefined();
  });

  test("takes what comes behind the last for extra", () => {
    const found = compared("1m,5m", [0, 1, 6, 7]);
    expect(found.words).toEqual(["1 first", "2 on-time", "3 on-time", "4 used-up"]);
    expect(found.end).toBe("used-up");
  });

  test("goes by the numbers that a provider gives", () => {
    const found = compared("1m,5m,30m", [
      { at: 0, number: 1 },
      { at: 6, number: 3 },
      { at: 6.2, number: 3 },
    ]);
    expect(found.words).toEqual(["1 first", "3 on-time", "3 repeated"]);
    expect(found.missing).toEqual([2]);
  });

  test("knows the gap to a first attempt that it has not seen, where the provider tells its time", () => {
    const seen = [{ at: 7, number: 4 }];
    expect(compared("1m,2m,4m,8m", seen, { firstAtMs: 0 })).toMatchObject({ missing: [1, 2, 3], words: ["4 on-time"] });
    expect(compared("1m,2m,4m,8m", seen, { firstAtMs: -5 * MINUTE }).words).toEqual(["4 late"]);
    expect(compared("1m,2m,4m,8m", seen, { firstAtMs: 2 * MINUTE }).words).toEqual(["4 early"]);
  });

  test("finds out by two gaps that it began to look in the middle", () => {
    const found = compared("5s,5m,30m,2h,5h", [0, 30, 150]);
    expect(found.words).toEqual(["3 first", "4 on-time", "5 on-time"]);
    expect(found.missing).toEqual([1, 2]);
  });

  test("does not guess so by one gap alone", () => {
    expect(compared("5s,5m,30m,2h,5h", [0, 30]).words).toEqual(["1 first", "2 late"]);
  });
});
