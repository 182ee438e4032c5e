import type { Expected, SeenAttempt, Tolerance } from "./comparison.ts";

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
