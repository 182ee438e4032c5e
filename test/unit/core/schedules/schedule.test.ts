import { expect, test } from "vitest";
import { parseSchedule } from "../../../../src/core/schedules/parse-schedule.ts";
import {
  delayBeforeAttemptMs,
  delaysOf,
  LONGEST_DELAY_MS,
  MOST_RETRIES,
  printDuration,
  printSchedule,
  readDurationMs,
  spanMs,
} from "../../../../src/core/schedules/schedule.ts";

test("the limits are those that can be written", () => {
  expect(parseSchedule(`linear:1s*${MOST_RETRIES}`).steps).toHaveLength(1);
  expect(() => parseSchedule(`linear:1s*${MOST_RETRIES + 1}`)).toThrow("a number from 1 to 1000");
  expect(parseSchedule("365d").steps).toEqual([{ kind: "once", delayMs: LONGEST_DELAY_MS }]);
  expect(() => parseSchedule("366d")).toThrow("longer than a year");
});

test("the first attempt is made at once, and behind the last one there is none", () => {
  const schedule = parseSchedule("1m,5m");
  expect([1, 2, 3, 4].map((number) => delayBeforeAttemptMs(schedule, number))).toEqual([0, 60_000, 300_000, undefined]);
});

test("a total that is used up exactly is not too long", () => {
  expect(delaysOf(parseSchedule("1h,1h,1h max 2h"))).toHaveLength(2);
  expect(spanMs(parseSchedule("1h,1h,1h max 2h"))).toBe(7_200_000);
});

test("delays that grow without a limit stop at a year", () => {
  expect(delaysOf(parseSchedule("exp:1h*100^9")).at(-1)).toBe(365 * 86_400_000);
});

test.each([
  ["500ms", 500],
  ["90s", 90_000],
  ["1.5h", 5_400_000],
  ["0s", 0],
  ["365d", 365 * 86_400_000],
])("%s is a duration", (text, durationMs) => {
  expect(readDurationMs(text)).toBe(durationMs);
});

test.each(["", "5", "s", "-5s", "5 s", "1e3s", "366d", "5w"])("%j is none", (text) => {
  expect(readDurationMs(text)).toBeUndefined();
});

test.each([
  [0, "0s"],
  [1500, "1500ms"],
  [60_000, "1m"],
  [90_000, "90s"],
  [86_400_000, "24h"],
  [3 * 86_400_000, "72h"],
  [30 * 86_400_000, "30d"],
])("%i ms are written %s", (durationMs, text) => {
  expect(printDuration(durationMs)).toBe(text);
});

test.each([
  ["60s,300s", "1m,5m"],
  ["exp:1000ms*2^5<=60s", "exp:1s*2^5<=1m"],
  ["5m , linear:20s*3  max 3d ~10%", "5m,linear:20s*3 ~10% max 72h"],
])("%s is written %s", (text, printed) => {
  expect(printSchedule(parseSchedule(text))).toBe(printed);
});
