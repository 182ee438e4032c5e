import { printDuration } from "./durations.ts";
import type { RetrySchedule, ScheduleStep } from "./schedule.ts";

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
