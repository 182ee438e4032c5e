import { readFileSync } from "node:fs";

/** Linux: one tick of /proc is 10 ms. */
const TICK_MS = 10;

/** Processor time that a process has used so far, user and system; NaN where there is no /proc. */
export function cpuMs(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return NaN;
  }
}
