import { getHeapSpaceStatistics, getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Clock } from "../core/model/clock.ts";

/** Enough for garbage to die young under full load; V8 by itself takes eight times as much and keeps it. */
const YOUNG_GENERATION_BYTES = 16 * 1024 * 1024;
/** Read buffers of large uploads lie outside the heap, where V8 lets 64 MB of dead ones pile up. */
const EXTERNAL_BYTES = 16 * 1024 * 1024;
const LOOK_EVERY_MS = 80;

type CollectGarbage = (options: { type: "minor" }) => void;

/** Keeps a long-running process small, whatever passes through it. Resolves when `signal` ends it. */
export async function keepHeapSmall(clock: Clock, signal: AbortSignal): Promise<void> {
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as CollectGarbage;
  let growth = 2;
  while (!signal.aborted) {
    growth = limitYoungGeneration(growth);
    if (getHeapStatistics().external_memory > EXTERNAL_BYTES) collectGarbage({ type: "minor" });
    await clock.wait(LOOK_EVERY_MS, signal);
  }
}

/** Stops V8 from doubling its young generation once it is large enough, and lets it grow again after it has shrunk. */
function limitYoungGeneration(growth: number): number {
  const size = getHeapSpaceStatistics().find(({ space_name: name }) => name === "new_space")?.space_size ?? 0;
  const wanted = size >= YOUNG_GENERATION_BYTES ? 1 : 2;
  if (wanted !== growth) setFlagsFromString(`--semi-space-growth-factor=${wanted}`);
  return wanted;
}
