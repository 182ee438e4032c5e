/** When a failed attempt is tried again: the delays after the first, immediate attempt. */
export interface RetrySchedule {
  /** One after the other; never empty. */
  readonly steps: readonly ScheduleStep[];
  /** Each delay may be so much shorter or longer, in percent of it; 0: exact. */
  readonly jitterPercent: number;
  /** No attempt is made later than this after the first one; undefined: the steps alone end it. */
  readonly mostTotalMs?: number | undefined;
}

/** One piece of a schedule. Each delay counts from the failure of the attempt before it. */
export type ScheduleStep =
  /** `5m`: one retry. */
  | { readonly kind: "once"; readonly delayMs: number }
  /** `linear:20s*3`: so many retries, each after the same delay. */
  | { readonly kind: "linear"; readonly delayMs: number; readonly count: number }
  /** `exp:1s*2^5<=60s`: each delay is the one before it times the factor, up to the longest. */
  | {
      readonly kind: "exponential";
      readonly firstMs: number;
      /** At least 1; may have a fraction. */
      readonly factor: number;
      readonly count: number;
      /** Undefined: they grow without a limit of their own. */
      readonly longestMs?: number | undefined;
    };

/** More retries than anybody makes. */
export const MOST_RETRIES = 1000;

/** The longest delay that can be written down: a year. */
export const LONGEST_DELAY_MS = 365 * 86_400_000;

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

const MS_PER_UNIT: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Days are for what is longer than people count in hours. */
const LEAST_IN_DAYS_MS = 96 * 3_600_000;

/** `5m`, `90s`, `1.5h` in milliseconds; undefined: it is no duration, or longer than a year. */
export function readDurationMs(text: string): number | undefined {
  const [, number, unit] = /^(\d{1,12}(?:\.\d{1,6})?)(ms|s|m|h|d)$/.exec(text) ?? [];
  const unitMs = MS_PER_UNIT[unit ?? ""];
  if (number === undefined || unitMs === undefined) return undefined;
  const durationMs = Math.round(Number(number) * unitMs);
  return durationMs <= LONGEST_DELAY_MS ? durationMs : undefined;
}

/** The same the other way round, in the largest unit that leaves no rest: `5m`, `90s`, `24h`, `30d`. */
export function printDuration(durationMs: number): string {
  const fitting = Object.entries(MS_PER_UNIT)
    .toReversed()
    .find(([unit, unitMs]) => durationMs % unitMs === 0 && (unit !== "d" || durationMs >= LEAST_IN_DAYS_MS));
  const [unit, unitMs] = fitting ?? ["ms", 1];
  return durationMs === 0 ? "0s" : `${durationMs / unitMs}${unit}`;
}

/** A schedule as a person would type it: parsed again it is the same. */
export function printSchedule({ steps, jitterPercent, mostTotalMs }: RetrySchedule): string {
  const jitter = jitterPercent === 0 ? "" : ` ~${jitterPercent}%`;
  const most = mostTotalMs === undefined ? "" : ` max ${printDuration(mostTotalMs)}`;
  return steps.map(printStep).join(",") + jitter + most;
}

function printStep(step: ScheduleStep): string {
  switch (step.kind) {
    case "once":
      return printDuration(step.delayMs);
    case "linear":
      return `linear:${printDuration(step.delayMs)}*${step.count}`;
    case "exponential": {
      const longest = step.longestMs === undefined ? "" : `<=${printDuration(step.longestMs)}`;
      return `exp:${printDuration(step.firstMs)}*${step.factor}^${step.count}${longest}`;
    }
    default:
      return step satisfies never;
  }
}
