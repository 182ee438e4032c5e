import { expect, test } from "vitest";
import { parseSchedule } from "../../../../src/core/schedules/parse-schedule.ts";
import { printSchedule } from "../../../../src/core/schedules/print-schedule.ts";

test.each([
  ["60s,300s", "1m,5m"],
  ["exp:1000ms*2^5<=60s", "exp:1s*2^5<=1m"],
  ["5m , linear:20s*3  max 3d ~10%", "5m,linear:20s*3 ~10% max 72h"],
])("%s is written %s", (text, printed) => {
  expect(printSchedule(parseSchedule(text))).toBe(printed);
});
