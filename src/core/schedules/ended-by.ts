import type { End, Expected, ExtraReason, SeenAttempt } from "./comparison.ts";
import { isAccepted, isStop } from "./named-schedule.ts";

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
