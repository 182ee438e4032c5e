import { expect, test } from "vitest";
import { parseSchedule } from "../../../../src/core/schedules/parse-schedule.ts";
import { LONGEST_DELAY_MS, MOST_RETRIES } from "../../../../src/core/schedules/schedule.ts";

test("the limits are those that can be written", () => {
  expect(parseSchedule(`linear:1s*${MOST_RETRIES}`).steps).toHaveLength(1);
  expect(() => parseSchedule(`linear:1s*${MOST_RETRIES + 1}`)).toThrow("a number from 1 to 1000");
  expect(parseSchedule("365d").steps).toEqual([{ kind: "once", delayMs: LONGEST_DELAY_MS }]);
  expect(() => parseSchedule("366d")).toThrow("longer than a year");
});
