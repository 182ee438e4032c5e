import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { median } from "./stats.ts";

const SAMPLES = 200;
const PAGE = Buffer.alloc(4096, 1);

/** What the disk itself takes for the least durable write: the median of appending a page to a file and fdatasync. */
export function fdatasyncMs(folder: string): number {
  const path = join(folder, "fdatasync");
  const fd = openSync(path, "w");
  try {
    const timesMs = Array.from({ length: SAMPLES }, () => {
      const startedAt = performance.now();
      writeSync(fd, PAGE);
      fdatasyncSync(fd);
      return performance.now() - startedAt;
    });
    return median(timesMs);
  } finally {
    closeSync(fd);
    rmSync(path);
  }
}
