import { describe, expect, test } from "vitest";
import { findSchedule, readSchedule } from "../../../../src/core/schedules/find-schedule.ts";

describe("findSchedule", () => {
  test("finds by name, and nothing for what is none", () => {
    expect(findSchedule("svix")?.title).toBe("Svix");
    expect(findSchedule("000")?.name).toBe("hours");
    expect(findSchedule("Svix")).toBeUndefined();
  });
});

describe("readSchedule", () => {
  test("reads a name in any letter case, and delays", () => {
    expect(readSchedule(" Svix ")).toMatchObject({ kind: "named", schedule: { name: "svix" } });
    expect(readSchedule("linear:20s*3")).toMatchObject({ kind: "own", schedule: { steps: [{ count: 3 }] } });
  });

  test.each([
    ["svx", "SCHEDULE_NOT_FOUND", "Did you mean svix?"],
    ["whatever", "SCHEDULE_NOT_FOUND", "hookcli schedules lists all of them"],
    [
      "1m,5x",
      "BAD_SCHEDULE",
      "Delays are written 1m,5m,30m, exp:1s*2^5<=60s or linear:20s*3; behind them may stand ~10% and max 72h",
    ],
  ])("says of %s what was meant", (text, code, hint) => {
    expect(() => readSchedule(text)).toThrow(expect.objectContaining({ code, hint }));
  });
});
