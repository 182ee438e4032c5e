import { LONGEST_DELAY_MS } from "./schedule.ts";

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
