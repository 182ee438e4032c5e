import { LONGEST_DELAY_MS, MOST_RETRIES, type RetrySchedule, type ScheduleStep } from "./schedule.ts";

/** Every delay in milliseconds, without jitter, up to the total that the schedule allows. */
export function delaysOf({ steps, mostTotalMs = Infinity }: RetrySchedule): readonly number[] {
  const delays: number[] = [];
  let totalMs = 0;
  for (const delayMs of steps.flatMap(delaysOfStep)) {
    totalMs += delayMs;
    if (totalMs > mostTotalMs || delays.length >= MOST_RETRIES) break;
    delays.push(delayMs);
  }
  return delays;
}

/**
 * How long after the failure of the attempt before it an attempt is made, without jitter.
 * @param attemptNumber from 1; the first one is made at once
 * @returns milliseconds; undefined: there is no such attempt
 */
export function delayBeforeAttemptMs(schedule: RetrySchedule, attemptNumber: number): number | undefined {
  return attemptNumber === 1 ? 0 : delaysOf(schedule)[attemptNumber - 2];
}

/** From the first attempt to the last, as if each failed at once, in milliseconds. */
export function spanMs(schedule: RetrySchedule): number {
  return delaysOf(schedule).reduce((sum, delayMs) => sum + delayMs, 0);
}

function delaysOfStep(step: ScheduleStep): readonly number[] {
  switch (step.kind) {
    case "once":
      return [step.delayMs];
    case "linear":
      return Array.from({ length: step.count }, () => step.delayMs);
    case "exponential": {
      const { firstMs, factor, count, longestMs = LONGEST_DELAY_MS } = step;
      return Array.from({ length: count }, (_, at) => Math.min(longestMs, Math.round(firstMs * factor ** at)));
    }
    default:
      return step satisfies never;
  }
}
