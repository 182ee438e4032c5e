import * as v from "valibot";
import { expect, test } from "vitest";
import { scheduleToJson } from "../../../../src/core/wire/schedule-json.ts";
import { scheduleShapes } from "../../../../src/core/wire/shapes/schedule-shapes.ts";
import { schedules } from "../../../../src/core/schedules/index.ts";
import { readSchedule } from "../../../../src/core/schedules/find-schedule.ts";

test("a named one says everything", () => {
  expect(scheduleToJson(readSchedule("slack"))).toMatchObject({
    kind: "schedule",
    name: "slack",
    retries: "delays",
    text: "0s,1m,5m",
    delaysMs: [0, 60_000, 300_000],
    most: 4,
    spanMs: 360_000,
    timeoutMs: 3000,
    why: null,
  });
  expect(scheduleToJson(readSchedule("shopify"))).toMatchObject({ text: null, most: 9, spanMs: 14_400_000 });
  expect(scheduleToJson(readSchedule("github"))).toMatchObject({ retries: "none", most: 1 });
  expect(scheduleToJson(readSchedule("github")).why).toContain("redelivered");
});

test("one of one's own has no source", () => {
  expect(scheduleToJson(readSchedule("1m ~10%"))).toMatchObject({
    name: null,
    source: null,
    jitterPercent: 10,
    most: 2,
  });
});

test.each(schedules)("$name has the documented shape", (schedule) => {
  expect(v.safeParse(scheduleShapes.schedule, scheduleToJson({ kind: "named", schedule })).issues).toBeUndefined();
});
