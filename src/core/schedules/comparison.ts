import { isAccepted, isStop, type NamedSchedule } from "./named-schedule.ts";

/** One attempt that arrived, as far as it can be held against a schedule. */
export interface SeenAttempt {
  readonly atMs: number;
  /** Its number as the provider counts, from 1; undefined: it does not say. */
  readonly number?: number | undefined;
  /** What the sender was told: a status, or 0 where it was told nothing; undefined: it is not known (yet). */
  readonly toldStatus?: number | undefined;
  /** From its arrival until the sender was told. */
  readonly toldAfterMs?: number | undefined;
  /** The answer asked for no more retries. */
  readonly isStopped?: boolean | undefined;
}

/** What attempts are held against; a schedule of one's own has only `retries`. */
export type Expected = Pick<NamedSchedule, "retries" | "accepts" | "stopsOn" | "timeoutMs">;

/** How far an attempt may be off: the greater of a share of its delay and a time. */
export interface Tolerance {
  readonly percent: number;
  readonly leastMs: number;
}

export const DEFAULT_TOLERANCE: Tolerance = { percent: 10, leastMs: 5000 };

export interface CompareOptions {
  readonly nowMs: number;
  readonly tolerance: Tolerance;
  /** When the provider says that it made the first attempt; undefined: it does not say. */
  readonly firstAtMs?: number | undefined;
}

/**
 * What is said of one attempt. `first`: there is nothing before it. `extra`: it should not have come. `unknown`: nothing
 * says when it should come.
 */
export type Finding = "first" | "on-time" | "early" | "late" | "extra" | "unknown";

export interface JudgedAttempt {
  /** Which attempt it is, from 1, by the provider's word or by the gaps. */
  readonly number: number;
  readonly finding: Finding;
  /** Since the attempt before it; undefined: it is the first that was seen. */
  readonly gapMs?: number | undefined;
  /** What the gap should have been; undefined: nobody knows. */
  readonly expectedMs?: number | undefined;
  /** Why it is extra. */
  readonly extra?: ExtraReason | undefined;
}

/** An attempt before was accepted, or ended the retries; the schedule has no more; the provider sent this number before. */
export type ExtraReason = "accepted" | "stopped" | "used-up" | "repeated";

/** What an attempt that should come next has time for. */
export interface ExpectedNext {
  readonly number: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Why nothing more is expected, or `open`: something is. `unknown`: nobody can say. */
export type End = "open" | "accepted" | "stopped" | "used-up" | "unknown";

/** Attempts held against a schedule. */
export interface Comparison {
  /** One for each that was seen, in their order. */
  readonly attempts: readonly JudgedAttempt[];
  /** Numbers of those that should have come and were not seen. */
  readonly missing: readonly number[];
  /** How many attempts the schedule has, the first one included; undefined: nobody knows. */
  readonly most?: number | undefined;
  readonly next?: ExpectedNext | undefined;
  /** When the last retry comes at the latest; where only the span is known. */
  readonly lastByMs?: number | undefined;
  readonly end: End;
  /** Set where gaps cannot be judged: why. */
  readonly meaningless?: string | undefined;
}

/** How many attempts were found to be so. */
export function countOf({ attempts }: Comparison, finding: Finding): number {
  return attempts.filter((attempt) => attempt.finding === finding).length;
}

/** Whether everything that was seen, and nothing else, should have come, and in its time. */
export function isAsExpected(comparison: Comparison): boolean {
  const wrong: readonly Finding[] = ["early", "late", "extra"];
  return comparison.missing.length === 0 && comparison.attempts.every(({ finding }) => !wrong.includes(finding));
}

/**
 * What ended the retries, in the eyes of the sender: whoever was answered after it had given up has heard nothing.
 * @param beforeMs only what it was told before this time counts
 */
export function endedBy(
  earlier: readonly SeenAttempt[],
  expected: Expected,
  beforeMs = Infinity,
): Extract<ExtraReason & End, "accepted" | "stopped"> | undefined {
  const { timeoutMs = Infinity } = expected;
  for (const { atMs, toldStatus, toldAfterMs = 0, isStopped } of earlier) {
    if (toldStatus === undefined || toldAfterMs > timeoutMs || atMs + toldAfterMs > beforeMs) continue;
    if (isAccepted(toldStatus, expected)) return "accepted";
    if (isStopped === true || isStop(toldStatus, expected)) return "stopped";
  }
  return undefined;
}
