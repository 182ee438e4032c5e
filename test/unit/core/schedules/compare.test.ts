import { describe, expect, test } from "vitest";
import { compareAttempts, compareWithoutSchedule } from "../../../../src/core/schedules/compare.ts";
import { DEFAULT_TOLERANCE, type SeenAttempt } from "../../../../src/core/schedules/comparison.ts";
import { parseSchedule } from "../../../../src/core/schedules/parse-schedule.ts";

const HOUR = 3_600_000;

function failed(...hours: readonly number[]): readonly SeenAttempt[] {
  return hours.map((hour) => ({ atMs: hour * HOUR, toldStatus: 500, toldAfterMs: 10 }));
}

function at(nowMs: number) {
  return { nowMs, tolerance: DEFAULT_TOLERANCE };
}

test("holds gaps against delays that are known", () => {
  const retries = { kind: "delays", schedule: parseSchedule("1h,2h") } as const;
  const { attempts } = compareAttempts(failed(0, 1, 5), { retries }, at(5 * HOUR));
  expect(attempts.map(({ finding }) => finding)).toEqual(["first", "on-time", "late"]);
});

describe("where only number and span are known", () => {
  const retries = { kind: "count", most: 2, withinMs: 4 * HOUR } as const;

  test("judges no gap, and says when the last comes at the latest", () => {
    const found = compareAttempts(failed(0, 1), { retries }, at(HOUR));
    expect(found.attempts.map(({ finding }) => finding)).toEqual(["first", "unknown"]);
    expect(found).toMatchObject({ most: 3, end: "open", lastByMs: 264 * 60_000 });
  });

  test("finds what is one too many, and what comes when all is over", () => {
    const { attempts, end } = compareAttempts(failed(0, 1, 2, 3), { retries }, at(3 * HOUR));
    expect(attempts.at(-1)).toMatchObject({ finding: "extra", extra: "used-up" });
    expect(end).toBe("used-up");
    expect(compareAttempts(failed(0, 9), { retries }, at(9 * HOUR)).attempts[1]?.finding).toBe("late");
  });
});

test("says why gaps mean nothing where none are published, and still knows what came after an acceptance", () => {
  const [first, second] = failed(0, 1);
  const accepted = [
    { ...first, atMs: 0, toldStatus: 200 },
    { ...second, atMs: HOUR },
  ];
  const found = compareAttempts(accepted, { retries: { kind: "unpublished", why: "no intervals" } }, at(HOUR));
  expect(found).toMatchObject({ meaningless: "no intervals", end: "accepted" });
  expect(found.attempts.map(({ extra }) => extra)).toEqual([undefined, "accepted"]);
  expect(compareWithoutSchedule(failed(0, 1), "nobody knows")).toMatchObject({
    meaningless: "nobody knows",
    end: "unknown",
  });
});

test("takes nothing for extra where only a person can have sent it again", () => {
  const accepted = failed(0, 1).map((attempt) => ({ ...attempt, toldStatus: 200 }));
  const found = compareAttempts(accepted, { retries: { kind: "none", why: "by hand" } }, at(HOUR));
  expect(found.attempts.map(({ finding }) => finding)).toEqual(["first", "unknown"]);
});
