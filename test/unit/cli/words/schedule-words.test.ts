import { expect, test } from "vitest";
import {
  attemptCountText,
  longDurationText,
  retriesText,
  scheduleRows,
  scheduleTrustTexts,
  spanText,
  statusRangesText,
  writtenScheduleText,
} from "../../../../src/cli/words/schedule-words.ts";
import type { Retries } from "../../../../src/core/schedules/named-schedule.ts";
import { parseSchedule } from "../../../../src/core/schedules/parse-schedule.ts";
import { readSchedule } from "../../../../src/core/schedules/find-schedule.ts";

test.each([
  [0, "0 s"],
  [1250, "1.3 s"],
  [5000, "5 s"],
  [59_000, "59 s"],
  [60_000, "1 min"],
  [125_000, "2 min 5 s"],
  [3_600_000, "1 h"],
  [3_599_999, "60 min"],
  [99_300_000, "27 h 35 min"],
  [86_400_000, "24 h"],
  [3 * 86_400_000, "3 d"],
  [76 * 3_600_000, "3 d 4 h"],
])("%i ms are %s", (durationMs, text) => {
  expect(longDurationText(durationMs)).toBe(text);
});

const delays: Retries = { kind: "delays", schedule: parseSchedule("1m,5m ~10%") };

test.each([
  [delays, "1m,5m ~10%", "3", "6 min"],
  [{ kind: "count", most: 8, withinMs: 14_400_000 }, "up to 8 retries within 4 h", "up to 9", "4 h"],
  [{ kind: "count", most: 3 }, "up to 3 retries", "up to 4", ""],
  [{ kind: "count", withinMs: 600_000 }, "retries within 10 min", "", "10 min"],
  [{ kind: "unpublished", why: "w" }, "intervals not published", "", ""],
  [{ kind: "none", why: "w" }, "no automatic retries", "1", ""],
] as const)("%# is told in words", (retries, text, count, span) => {
  expect([retriesText(retries), attemptCountText(retries), spanText(retries)]).toEqual([text, count, span]);
});

test("statuses are told as short as they can be", () => {
  expect(
    statusRangesText([
      [200, 299],
      [304, 304],
      [400, 428],
    ]),
  ).toBe("2xx, 304, 400-428");
});

test("what something is held against has its name and its delays", () => {
  expect(writtenScheduleText(readSchedule("slack"))).toBe("slack: 0s,1m,5m");
  expect(writtenScheduleText(readSchedule("60s"))).toBe("1m");
});

test("rows leave out what is not known, and tell what is", () => {
  const rows = (name: string) => {
    const written = readSchedule(name);
    return written.kind === "named" ? Object.fromEntries(scheduleRows(written.schedule)) : {};
  };
  expect(rows("slack")).toMatchObject({ waits: "3.0 s for an answer", "says why": "header x-slack-retry-reason" });
  expect(rows("github")).toMatchObject({
    retries: "no automatic retries",
  });
  expect(rows("github")["because"]).toContain("redelivered");
  expect(Object.keys(rows("seconds"))).toEqual(["source", "trust", "retries", "attempts", "span", "accepted"]);
  expect(rows("three-days")["trust"]).toBe(scheduleTrustTexts.undocumented);
});
