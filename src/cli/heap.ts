import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";
import type { Clock } from "../core/model/clock.ts";

/** Enough for garbage to die young under full load; V8 by itself takes eight times as much and keeps it. */
const YOUNG_GENERATION_BYTES = 16 * 1024 * 1024;
const LOOK_EVERY_MS = 100;

/**
 * Keeps a long-running process small: stops V8 from doubling its young generation once it is large enough, and lets it
 * grow again after V8 has shrunk it. Resolves when `signal` ends it.
 */
export async function capYoungGeneration(clock: Clock, signal: AbortSignal): Promise<void> {
  let factor = 2;
  while (!signal.aborted) {
    const size = getHeapSpaceStatistics().find(({ space_name: name }) => name === "new_space")?.space_size ?? 0;
    const wanted = size >= YOUNG_GENERATION_BYTES ? 1 : 2;
    if (wanted !== factor) setFlagsFromString(`--semi-space-growth-factor=${wanted}`);
    factor = wanted;
    await clock.wait(LOOK_EVERY_MS, signal);
  }
}
