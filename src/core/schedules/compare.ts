import {
  type CompareOptions,
  type Comparison,
  endedBy,
  type Expected,
  type ExtraReason,
  type JudgedAttempt,
  type SeenAttempt,
} from "./comparison.ts";
import { compareGaps } from "./compare-gaps.ts";
import { delaysOf } from "./schedule.ts";
import type { Retries } from "./named-schedule.ts";

/**
 * Holds attempts of one event against a schedule. What arrived is told from what should have: each gap on time, early or
 * late, and what is missing or extra.
 * @param seen in the order of their arrival
 */
export function compareAttempts(seen: readonly SeenAttempt[], expected: Expected, options: CompareOptions): Comparison {
  const { retries } = expected;
  switch (retries.kind) {
    case "delays": {
      const { schedule } = retries;
      const { tolerance } = options;
      const rules = { delays: delaysOf(schedule), jitterPercent: schedule.jitterPercent, tolerance, expected };
      return compareGaps(seen, rules, options);
    }
    case "count":
      return compareSpan(seen, expected, retries, options);
    case "unpublished":
      return { ...withoutGaps(seen, expected), meaningless: retries.why };
    case "none":
      return { ...numbered(seen, () => undefined), missing: [], end: "unknown", meaningless: retries.why };
    default:
      return retries satisfies never;
  }
}

/** Where no schedule is known, or something in between has one of its own: what came after an acceptance is still extra. */
export function compareWithoutSchedule(seen: readonly SeenAttempt[], why: string): Comparison {
  return { ...withoutGaps(seen, { retries: { kind: "unpublished", why } }), meaningless: why };
}

function withoutGaps(seen: readonly SeenAttempt[], expected: Expected): Comparison {
  const judged = numbered(seen, (earlier, attempt) => endedBy(earlier, expected, attempt.atMs));
  return { ...judged, missing: [], end: endedBy(seen, expected) ?? "unknown" };
}

function compareSpan(
  seen: readonly SeenAttempt[],
  expected: Expected,
  { most, withinMs }: Extract<Retries, { readonly kind: "count" }>,
  { nowMs, tolerance, firstAtMs = seen[0]?.atMs ?? 0 }: CompareOptions,
): Comparison {
  const slackMs = Math.max(((withinMs ?? 0) * tolerance.percent) / 100, tolerance.leastMs);
  const lastByMs = withinMs === undefined ? undefined : firstAtMs + withinMs + slackMs;
  const judged = numbered(seen, (earlier, attempt, number) => {
    const isOver = most !== undefined && number > most + 1;
    return endedBy(earlier, expected, attempt.atMs) ?? (isOver ? "used-up" : undefined);
  });
  const attempts = judged.attempts.map((attempt, at): JudgedAttempt => {
    const isLate = attempt.finding === "unknown" && (seen[at]?.atMs ?? 0) > (lastByMs ?? Infinity);
    return isLate ? { ...attempt, finding: "late" } : attempt;
  });
  const isUsedUp = most !== undefined && (attempts.at(-1)?.number ?? 0) > most;
  const end = endedBy(seen, expected) ?? (isUsedUp || nowMs > (lastByMs ?? Infinity) ? "used-up" : "open");
  const total = most === undefined ? undefined : most + 1;
  return { attempts, missing: [], most: total, lastByMs: end === "open" ? lastByMs : undefined, end };
}

/** Numbers attempts as the provider does, else as they came. */
function numbered(
  seen: readonly SeenAttempt[],
  extraOf: (earlier: readonly SeenAttempt[], attempt: SeenAttempt, number: number) => ExtraReason | undefined,
): Pick<Comparison, "attempts"> {
  let last = 0;
  const attempts = seen.map((attempt, at): JudgedAttempt => {
    const number = attempt.number ?? last + 1;
    last = Math.max(last, number);
    const before = seen[at - 1];
    if (!before) return { number, finding: "first" };
    const gapMs = attempt.atMs - before.atMs;
    const extra = extraOf(seen.slice(0, at), attempt, number);
    return extra ? { number, finding: "extra", extra, gapMs } : { number, finding: "unknown", gapMs };
  });
  return { attempts };
}
