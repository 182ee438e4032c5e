import { expect, test } from "vitest";
import { findSchedule } from "../../../../src/core/schedules/find-schedule.ts";

test("finds by name, and nothing for what is none", () => {
  expect(findSchedule("svix")?.title).toBe("Svix");
  expect(findSchedule("000")?.name).toBe("hours");
  expect(findSchedule("Svix")).toBeUndefined();
});
