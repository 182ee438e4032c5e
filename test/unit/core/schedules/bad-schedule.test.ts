import { expect, test } from "vitest";
import { badSchedule } from "../../../../src/core/schedules/bad-schedule.ts";

test("counts characters from 1, and shows little of what is long", () => {
  const error = badSchedule({ written: "x".repeat(99), from: 3, to: 102 }, "it is long", "Make it short");
  expect(error.code).toBe("BAD_SCHEDULE");
  expect(error.message).toBe(`cannot use ${"x".repeat(60)}… in a schedule, at character 4: it is long`);
  expect(error.details).toMatchObject({ from: 3, to: 102 });
});

test("names what is empty", () => {
  expect(badSchedule({ written: "", from: 0, to: 0 }, "p", "a").message).toMatch(/^cannot use nothing in/);
});
