import { readFileSync } from "node:fs";

export interface ProcessMemory {
  readonly rssMb: number;
  /** The most it ever was. */
  readonly peakMb: number;
}

/** Linux only; undefined: there is no such process any more. MB are 1024 KiB squared. */
export function memoryOf(pid: number): ProcessMemory | undefined {
  let status: string;
  try {
    status = readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    return undefined;
  }
  const [rssMb, peakMb] = ["VmRSS", "VmHWM"].map((name) => {
    return Number(new RegExp(`^${name}:\\s*(\\d+) kB`, "m").exec(status)?.[1] ?? NaN) / 1024;
  });
  return rssMb === undefined || peakMb === undefined || Number.isNaN(peakMb) ? undefined : { rssMb, peakMb };
}
