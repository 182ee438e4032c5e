import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HookcliError } from "../../../../src/core/model/errors.ts";
import {
  delaysOf,
  printSchedule,
  type RetrySchedule,
  type ScheduleStep,
} from "../../../../src/core/schedules/schedule.ts";
import { badSchedule, parseSchedule } from "../../../../src/core/schedules/parse-schedule.ts";

const durations = fc.oneof(
  fc.nat({ max: 100_000 }),
  fc.nat({ max: 5000 }).map((seconds) => seconds * 1000),
  fc.nat({ max: 300 }).map((hours) => hours * 3_600_000),
);
const counts = fc.integer({ min: 1, max: 20 });
const steps: fc.Arbitrary<ScheduleStep> = fc.oneof(
  durations.map((delayMs) => ({ kind: "once", delayMs }) as const),
  fc.record({ kind: fc.constant("linear" as const), delayMs: durations, count: counts }),
  fc.record(
    {
      kind: fc.constant("exponential" as const),
      firstMs: durations,
      factor: fc.integer({ min: 4, max: 40 }).map((quarters) => quarters / 4),
      count: counts,
      longestMs: durations,
    },
    { requiredKeys: ["kind", "firstMs", "factor", "count"] },
  ),
);
const schedules: fc.Arbitrary<RetrySchedule> = fc
  .record(
    {
      steps: fc.array(steps, { minLength: 1, maxLength: 8 }),
      jitterPercent: fc.integer({ min: 0, max: 200 }).map((halves) => halves / 2),
      mostTotalMs: durations,
    },
    { requiredKeys: ["steps", "jitterPercent"] },
  )
  .filter((schedule) => delaysOf(schedule).length > 0);

function problemOf(text: string): string {
  try {
    parseSchedule(text);
  } catch (error) {
    if (error instanceof HookcliError) {
      const { at, from, to } = error.details;
      return `${error.code} ${String(at)} [${text.slice(Number(from), Number(to))}] ${error.message} / ${error.hint}`;
    }
    throw error;
  }
  return "none";
}

describe("parseSchedule", () => {
  test("reads back what printSchedule writes, whatever the schedule", () => {
    fc.assert(
      fc.property(schedules, (schedule) => {
        expect(parseSchedule(printSchedule(schedule))).toEqual(schedule);
      }),
    );
  });

  test("never throws anything but BAD_SCHEDULE, whatever the text", () => {
    const pieces = fc.constantFrom(
      "1m",
      "5",
      "exp:",
      "1s*2^5",
      "<=60s",
      "linear:",
      "*3",
      "~10%",
      "max ",
      ",",
      " ",
      "é",
    );
    const texts = fc.oneof(
      fc.string(),
      fc.array(pieces).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(problemOf(text)).toMatch(/^(?:none$|BAD_SCHEDULE \d+ )/);
      }),
    );
  });

  test.each([
    ["1m,5m,30m", [60_000, 300_000, 1_800_000]],
    [" 1m , 5m,30m ", [60_000, 300_000, 1_800_000]],
    ["exp:1s*2^5<=60s", [1000, 2000, 4000, 8000, 16_000]],
    ["exp:10s*3^4<=60s", [10_000, 30_000, 60_000, 60_000]],
    ["linear:20s*3", [20_000, 20_000, 20_000]],
    ["0s,linear:1.5h*2", [0, 5_400_000, 5_400_000]],
    ["EXP:1s*1.5^3", [1000, 1500, 2250]],
    ["1h,1h,1h max 2h", [3_600_000, 3_600_000]],
  ])("%s is these delays after the first attempt", (text, delays) => {
    expect(delaysOf(parseSchedule(text))).toEqual(delays);
  });

  test("takes jitter and a total in either order", () => {
    const wanted = { steps: [{ kind: "once", delayMs: 60_000 }], jitterPercent: 10, mostTotalMs: 72 * 3_600_000 };
    expect(parseSchedule("1m ~10% max 72h")).toEqual(wanted);
    expect(parseSchedule("1m max 72h ~10%")).toEqual(wanted);
    expect(parseSchedule("1m~10% max 3d")).toEqual(wanted);
  });

  test.each([
    ["", /^BAD_SCHEDULE 1 \[\] .*here a delay should stand/],
    ["1m,,5m", /^BAD_SCHEDULE 4 \[\] .*here a delay should stand/],
    ["1m,5x", /^BAD_SCHEDULE 4 \[5x\] .*it is no duration/],
    ["1m,5", /^BAD_SCHEDULE 4 \[5\] .*5 has no unit \/ Units are ms, s, m, h and d: 30s/],
    ["1m,400d", /^BAD_SCHEDULE 4 \[400d\] .*longer than a year/],
    ["epx:1s*2^5", /^BAD_SCHEDULE 1 .*there is no form epx \/ Did you mean exp:\?/],
    ["1m,exp:1s", /^BAD_SCHEDULE 4 \[exp:1s\] .*it is not all there/],
    ["exp:1s*0^5", /^BAD_SCHEDULE 8 .*the factor is a number from 1 to 100/],
    ["exp:1s*2^0", /^BAD_SCHEDULE 10 .*how many retries is a number from 1 to 1000/],
    ["exp:1s*2^5<=6", /^BAD_SCHEDULE 13 .*6 has no unit/],
    ["linear:20s", /^BAD_SCHEDULE 1 .*it is not all there/],
    ["linear:20s*x", /^BAD_SCHEDULE 12 .*how many retries/],
    ["1m ~200%", /^BAD_SCHEDULE 4 \[~200%\] .*jitter/],
    ["1m ~1% ~2%", /^BAD_SCHEDULE 8 \[~2%\] .*there is jitter already/],
    ["1m max", /^BAD_SCHEDULE 4 \[max\] .*no time stands behind it/],
    ["1m max 5", /^BAD_SCHEDULE 8 \[5\] .*5 has no unit/],
    ["1h max 5m", /^BAD_SCHEDULE 4 \[max 5m\] .*the first retry would come later/],
    ["1m 5m", /^BAD_SCHEDULE 4 \[5m\] .*belongs to nothing/],
    ["linear:1s*900,linear:1s*900", /^BAD_SCHEDULE 1 .*at most 1000 retries/],
    ["1m,".repeat(900), /^BAD_SCHEDULE 2001 .*at most 2000 characters/],
  ])("says where %s goes wrong", (text, says) => {
    expect(problemOf(text)).toMatch(says);
  });
});

describe("the error of a piece", () => {
  test("counts characters from 1, and shows little of what is long", () => {
    const error = badSchedule({ written: "x".repeat(99), from: 3, to: 102 }, "it is long", "Make it short");
    expect(error.code).toBe("BAD_SCHEDULE");
    expect(error.message).toBe(`cannot use ${"x".repeat(60)}… in a schedule, at character 4: it is long`);
    expect(error.details).toMatchObject({ from: 3, to: 102 });
  });

  test("names what is empty", () => {
    expect(badSchedule({ written: "", from: 0, to: 0 }, "p", "a").message).toMatch(/^cannot use nothing in/);
  });
});
