import {
  type CompareOptions,
  type Comparison,
  endedBy,
  type Expected,
  type ExpectedNext,
  type ExtraReason,
  type JudgedAttempt,
  type SeenAttempt,
  type Tolerance,
} from "./comparison.ts";

/** When an attempt should come, counted from the arrival of an earlier one. */
export interface Window {
  /** Without tolerance. */
  readonly expectedMs: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** What windows are worked out from. */
export interface WindowRules {
  /** In milliseconds, without jitter. */
  readonly delays: readonly number[];
  readonly jitterPercent: number;
  readonly tolerance: Tolerance;
  readonly expected: Expected;
}

/**
 * When attempt `to` should come after attempt `from`. Delays count from the failure of an attempt, and what arrives says
 * only when it began, so the time that it took to fail may come on top.
 */
export function windowBetween(from: number, to: number, before: SeenAttempt, rules: WindowRules): Window {
  const { delays, jitterPercent, tolerance, expected } = rules;
  const expectedMs = delays.slice(from - 1, to - 1).reduce((sum, delayMs) => sum + delayMs, 0);
  const slackMs =
    Math.max((expectedMs * tolerance.percent) / 100, tolerance.leastMs) + (expectedMs * jitterPercent) / 100;
  const { timeoutMs } = expected;
  const tookMs = Math.min(before.toldAfterMs ?? timeoutMs ?? 0, timeoutMs ?? Infinity);
  const unseenMs = (to - from - 1) * (timeoutMs ?? 0);
  return { expectedMs, fromMs: Math.max(0, expectedMs - slackMs), toMs: expectedMs + slackMs + tookMs + unseenMs };
}

export function isWithin(gapMs: number, { fromMs, toMs }: Window): boolean {
  return gapMs >= fromMs && gapMs <= toMs;
}

/** Holds each gap against the delay that is known for it. @param seen in the order of their arrival */
export function compareGaps(seen: readonly SeenAttempt[], rules: WindowRules, options: CompareOptions): Comparison {
  const walk = bestWalk(seen, rules, options);
  const most = rules.delays.length + 1;
  const last = seen[walk.lastAt];
  const ended = endedBy(seen.slice(0, walk.lastAt + 1), rules.expected);
  if (!last || ended) return { attempts: walk.attempts, missing: walk.missing, most, end: ended ?? "open" };
  const missing = [...walk.missing];
  for (let number = walk.lastNumber + 1; number <= most; number += 1) {
    const { fromMs, toMs } = windowBetween(walk.lastNumber, number, last, rules);
    const next: ExpectedNext = { number, fromMs: last.atMs + fromMs, toMs: last.atMs + toMs };
    if (next.toMs >= options.nowMs) return { attempts: walk.attempts, missing, most, next, end: "open" };
    missing.push(number);
  }
  return { attempts: walk.attempts, missing, most, end: "used-up" };
}

interface Walk {
  readonly attempts: readonly JudgedAttempt[];
  readonly missing: readonly number[];
  /** The last attempt that is not extra, and where it stands among those seen. */
  readonly lastNumber: number;
  readonly lastAt: number;
}

/** Who begins to listen late sees a later attempt first: two gaps tell it that fit there and not at the beginning. */
function bestWalk(seen: readonly SeenAttempt[], rules: WindowRules, options: CompareOptions): Walk {
  const fromFirst = walkFrom(1, seen, rules, options);
  const isTold = options.firstAtMs !== undefined || seen.some(({ number }) => number !== undefined);
  if (isTold || seen.length < 3 || isInTime(fromFirst)) return fromFirst;
  for (let start = 2; start + seen.length - 1 <= rules.delays.length + 1; start += 1) {
    const walk = walkFrom(start, seen, rules, options);
    if (isInTime(walk) && walk.missing.length === start - 1) return walk;
  }
  return fromFirst;
}

function isInTime({ attempts }: Walk): boolean {
  return attempts.every(({ finding }) => finding === "first" || finding === "on-time");
}

function walkFrom(start: number, seen: readonly SeenAttempt[], rules: WindowRules, options: CompareOptions): Walk {
  const attempts: JudgedAttempt[] = [];
  const missing: number[] = [];
  let [lastNumber, lastAt] = [0, 0];
  for (const [at, attempt] of seen.entries()) {
    const before = seen[at - 1];
    const base = seen[lastAt];
    if (!before || !base) {
      const first = judgeFirst(attempt, attempt.number ?? start, rules, options);
      attempts.push(first);
      lastNumber = first.number;
    } else {
      const judged = judgeNext(seen.slice(0, at), { attempt, base, lastNumber }, rules);
      attempts.push({ ...judged, gapMs: attempt.atMs - before.atMs });
      if (judged.finding === "extra") continue;
      for (let number = lastNumber + 1; number < judged.number; number += 1) missing.push(number);
      [lastNumber, lastAt] = [judged.number, at];
    }
  }
  const [begin] = attempts;
  const unseen = Array.from({ length: (begin?.number ?? 1) - 1 }, (_, number) => number + 1);
  return { attempts, missing: [...unseen, ...missing], lastNumber, lastAt };
}

/** Of one that says when the very first was made the gap to that is known. */
function judgeFirst(
  attempt: SeenAttempt,
  number: number,
  rules: WindowRules,
  { firstAtMs }: CompareOptions,
): JudgedAttempt {
  if (number === 1 || firstAtMs === undefined || number > rules.delays.length + 1) return { number, finding: "first" };
  const gapMs = attempt.atMs - firstAtMs;
  const window = windowBetween(1, number, { atMs: firstAtMs }, rules);
  const finding = isWithin(gapMs, window) ? "on-time" : gapMs < window.fromMs ? "early" : "late";
  return { number, finding, gapMs, expectedMs: window.expectedMs };
}

interface Step {
  readonly attempt: SeenAttempt;
  /** The one before it that is not extra. */
  readonly base: SeenAttempt;
  readonly lastNumber: number;
}

function judgeNext(
  earlier: readonly SeenAttempt[],
  { attempt, base, lastNumber }: Step,
  rules: WindowRules,
): JudgedAttempt {
  const most = rules.delays.length + 1;
  const gapMs = attempt.atMs - base.atMs;
  const number = attempt.number ?? numberByGap(gapMs, base, lastNumber, rules);
  const ended = endedBy(earlier, rules.expected, attempt.atMs);
  const extra: ExtraReason | undefined =
    ended ?? (number <= lastNumber ? "repeated" : number > most ? "used-up" : undefined);
  if (extra) return { number, finding: "extra", extra };
  const window = windowBetween(lastNumber, number, base, rules);
  const finding = isWithin(gapMs, window) ? "on-time" : gapMs < window.fromMs ? "early" : "late";
  return { number, finding, expectedMs: window.expectedMs };
}

/**
 * The next one, unless the gap fits one behind it. Where delays are so short that their windows overlap, nothing tells a
 * late attempt from a missing one, and it is taken for late.
 */
function numberByGap(gapMs: number, base: SeenAttempt, lastNumber: number, rules: WindowRules): number {
  const next = windowBetween(lastNumber, lastNumber + 1, base, rules);
  for (let number = lastNumber + 2; gapMs > next.toMs && number <= rules.delays.length + 1; number += 1) {
    const window = windowBetween(lastNumber, number, base, rules);
    if (window.fromMs > next.toMs && isWithin(gapMs, window)) return number;
  }
  return lastNumber + 1;
}
