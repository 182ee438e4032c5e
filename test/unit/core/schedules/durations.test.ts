import { expect, test } from "vitest";
import { printDuration, readDurationMs } from "../../../../src/core/schedules/durations.ts";

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
