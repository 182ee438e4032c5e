import { expect, test } from "vitest";
import { delayBeforeAttemptMs, delaysOf, spanMs } from "../../../../src/core/schedules/delays.ts";
import { parseSchedule } from "../../../../src/core/schedules/parse-schedule.ts";

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
