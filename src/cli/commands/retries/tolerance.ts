import { badValue } from "../../../core/model/errors.ts";
import { DEFAULT_TOLERANCE, type Tolerance } from "../../../core/schedules/comparison.ts";
import { readDurationMs } from "../../../core/schedules/schedule.ts";
import type { Given } from "./flags.ts";

/**
 * How far an attempt may be off: `10%,5s` (the greater of both counts), `20%` or `2s` alone.
 * @throws BAD_VALUE
 */
export function readTolerance(flags: Given): Tolerance {
  const text = flags.text("tolerance");
  if (text === undefined) return DEFAULT_TOLERANCE;
  let percent: number | undefined;
  let leastMs: number | undefined;
  for (const part of text.split(",").map((one) => one.trim())) {
    const share = /^(\d{1,3}(?:\.\d{1,3})?)%$/.exec(part)?.[1];
    const durationMs = readDurationMs(part);
    if (share !== undefined && percent === undefined) percent = Number(share);
    else if (durationMs !== undefined && leastMs === undefined) leastMs = durationMs;
    else throw badValue(flags.nameOf("tolerance"), text, "it is no share and no time", "--tolerance 10%,5s");
  }
  return { percent: percent ?? 0, leastMs: leastMs ?? 0 };
}
