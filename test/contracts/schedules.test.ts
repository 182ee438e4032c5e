import { describe, expect, test } from "vitest";
import { compareAttempts } from "../../src/core/schedules/compare.ts";
import { DEFAULT_TOLERANCE, isAsExpected, type SeenAttempt } from "../../src/core/schedules/comparison.ts";
import { delaysOf, printSchedule } from "../../src/core/schedules/schedule.ts";
import { findSchedule } from "../../src/core/schedules/find-schedule.ts";
import { schedules } from "../../src/core/schedules/index.ts";
import { isAccepted, isStop } from "../../src/core/schedules/named-schedule.ts";
import { parseSchedule } from "../../src/core/schedules/parse-schedule.ts";
import { schemes } from "../../src/core/schemes/index.ts";
import { filesBelow } from "../helpers/sources.ts";

const HOUR = 3_600_000;

test("every file of the folder is listed, and no name twice", () => {
  const files = filesBelow("src/core/schedules/entries").map((path) => path.replace(/^.*\/|\.ts$/g, ""));
  expect(schedules.map(({ name }) => name).sort()).toEqual(files.sort());
});

test("every schedule that a scheme names is there", () => {
  const named = schemes.flatMap(({ name, schedule }) => (schedule === undefined ? [] : [`${name}: ${schedule}`]));
  expect(named.length).toBeGreaterThan(25);
  expect(named.filter((text) => findSchedule(text.replace(/^.*: /, "")) === undefined)).toEqual([]);
});

test("a provider that has a schedule of its own name is judged by it", () => {
  const byName = schemes.filter(({ name }) => findSchedule(name) !== undefined);
  expect(byName.filter(({ name, schedule }) => schedule !== name).map(({ name }) => name)).toEqual([]);
});

test("a provider waits as long by its schedule as by its scheme", () => {
  const unlike = schemes.filter(({ schedule, ackBudgetMs }) => {
    const { timeoutMs } = (schedule !== undefined && findSchedule(schedule)) || {};
    return timeoutMs !== undefined && ackBudgetMs !== undefined && timeoutMs !== ackBudgetMs;
  });
  expect(unlike.map(({ name }) => name)).toEqual([]);
});

describe.each(schedules)("$name", (schedule) => {
  const { name, source, trust, retries, accepts = [[200, 299]], stopsOn = [], headers = {} } = schedule;

  test("says where it was taken from", () => {
    const isNobodys = trust === "reference" || trust === "undocumented";
    expect(source).toMatch(isNobodys ? /^[a-z]|^[A-Z][a-z]+ / : /^https:\/\/\S+$/);
    expect(name).toMatch(/^[a-z][a-z-]*$/);
  });

  test("has sentences that can stand in others", () => {
    const texts = ["why" in retries ? retries.why : undefined, schedule.says].filter((text) => text !== undefined);
    expect(texts.filter((text) => !/^(?:[a-z]|Stripe)[^]*[^.]$/.test(text))).toEqual([]);
    expect([headers.reason, headers.firstAt, headers.stop].filter((name) => name !== name?.toLowerCase())).toEqual([]);
  });

  test("never accepts what stops it", () => {
    for (const [least, most] of [...accepts, ...stopsOn]) expect(least).toBeLessThanOrEqual(most);
    const both = Array.from({ length: 500 }, (_, at) => at + 100).filter(
      (status) => isAccepted(status, schedule) && isStop(status, schedule),
    );
    expect(both).toEqual([]);
    expect(accepts.length).toBeGreaterThan(0);
  });

  test("can be written down and read again, where its delays are known", () => {
    if (retries.kind !== "delays") return expect(retries.kind).toMatch(/^(?:count|unpublished|none)$/);
    expect(parseSchedule(printSchedule(retries.schedule))).toEqual(retries.schedule);
    expect(delaysOf(retries.schedule).length).toBeGreaterThan(0);
  });

  test("finds nothing wrong with attempts that follow it, and one late that waits too long", () => {
    if (retries.kind !== "delays") return expect("why" in retries || retries.kind === "count").toBe(true);
    const delays = delaysOf(retries.schedule);
    const onTime = timesOf(delays, (delayMs) => delayMs);
    expect(isAsExpected(compareAttempts(onTime, schedule, at(onTime)))).toBe(true);
    const late = timesOf(delays.slice(0, 1), (delayMs) => delayMs * 1.1 + 5001);
    expect(compareAttempts(late, schedule, at(late)).attempts[1]?.finding).toBe("late");
  });

  test("finds one more than it has, or one after an acceptance, to be extra", () => {
    if (retries.kind === "none" || retries.kind === "unpublished") return expect(retries.why).not.toBe("");
    const count = retries.kind === "count" ? (retries.most ?? 0) : delaysOf(retries.schedule).length;
    const delays = retries.kind === "delays" ? delaysOf(retries.schedule) : Array.from({ length: count }, () => 1000);
    const tooMany = timesOf([...delays, HOUR / 60], (delayMs) => delayMs);
    const isBounded = retries.kind === "delays" || retries.most !== undefined;
    const last = compareAttempts(tooMany, schedule, at(tooMany)).attempts.at(-1);
    expect(last?.extra).toBe(isBounded ? "used-up" : undefined);
    const accepted = timesOf([1000], (delayMs) => delayMs, accepts[0]?.[0]);
    expect(compareAttempts(accepted, schedule, at(accepted)).attempts[1]?.extra).toBe("accepted");
  });
});

/** Attempts each so long after the one before it. @param toldStatus 0: no answer, after which everybody comes again */
function timesOf(
  delays: readonly number[],
  change: (delayMs: number) => number,
  toldStatus = 0,
): readonly SeenAttempt[] {
  let atMs = 0;
  const later = delays.map((delayMs) => (atMs += change(delayMs)));
  return [0, ...later].map((time) => ({ atMs: time, toldStatus, toldAfterMs: 0 }));
}

function at(seen: readonly SeenAttempt[]) {
  return { nowMs: seen.at(-1)?.atMs ?? 0, tolerance: DEFAULT_TOLERANCE };
}
