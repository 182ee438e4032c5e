import { getHeapSpaceStatistics, getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Clock } from "../../core/model/clock.ts";

/** Enough for garbage to die young under full load; V8 by itself takes eight times as much and keeps it. */
const YOUNG_BYTES = 16 * 1024 * 1024;
/** How much what survived may grow before it is looked through; V8 by itself waits for several times as much. */
const OLD_GROWTH_BYTES = 8 * 1024 * 1024;
/** Read buffers of large uploads lie outside the heap, where V8 lets 64 MB of dead ones pile up. */
const EXTERNAL_BYTES = 12 * 1024 * 1024;
/** What is left of them has lived through minor collections, and may be dead since: so often it is looked at. */
const EXTERNAL_EVERY_MS = 1000;
/** The same where they have become so much more since then. */
const EXTERNAL_GROWTH_BYTES = 16 * 1024 * 1024;
const LOOK_EVERY_MS = 40;

type CollectGarbage = (options: { readonly type: "minor" | "major" }) => void;

/** Keeps a process small, whatever passes through it. Resolves when `signal` ends it. */
export async function keepHeapSmall(clock: Clock, signal: AbortSignal): Promise<void> {
  setFlagsFromString("--expose-gc");
  let growth = 2;
  let oldBefore = spaceSizes().old;
  let externalBefore = EXTERNAL_BYTES;
  let lookedMs = 0;
  let collectGarbage: CollectGarbage | undefined;
  while (!signal.aborted) {
    const { young, old } = spaceSizes();
    growth = limitYoung(young, growth);
    const external = externalBytes();
    const isDue = external > EXTERNAL_BYTES && clock.monotonicMs() - lookedMs > EXTERNAL_EVERY_MS;
    const hasGrown = isDue || old > oldBefore + OLD_GROWTH_BYTES || external > externalBefore + EXTERNAL_GROWTH_BYTES;
    if (hasGrown || external > EXTERNAL_BYTES) {
      collectGarbage ??= takeCollector();
      collectGarbage({ type: hasGrown ? "major" : "minor" });
      if (hasGrown) {
        oldBefore = spaceSizes().old;
        lookedMs = clock.monotonicMs();
      }
      // What is still in use is no reason to look again.
      externalBefore = hasGrown ? Math.max(externalBytes(), EXTERNAL_BYTES) : Math.min(externalBefore, external);
    } else collectGarbage = undefined;
    await clock.wait(LOOK_EVERY_MS, signal);
  }
}

/**
 * V8 hands its collector to new contexts only. Not kept for longer than it is needed: while a second context is alive,
 * everything in the first is slower.
 */
function takeCollector(): CollectGarbage {
  return runInNewContext("gc") as CollectGarbage;
}

function externalBytes(): number {
  return getHeapStatistics().external_memory;
}

function spaceSizes(): { readonly young: number; readonly old: number } {
  let young = 0;
  let old = 0;
  for (const { space_name: name, space_size: size } of getHeapSpaceStatistics()) {
    if (name === "new_space") young += size;
    else old += size;
  }
  return { young, old };
}

/** Stops V8 from doubling its young generation once it is large enough, and lets it grow again after it has shrunk. */
function limitYoung(size: number, growth: number): number {
  const wanted = size >= YOUNG_BYTES ? 1 : 2;
  if (wanted !== growth) setFlagsFromString(`--semi-space-growth-factor=${wanted}`);
  return wanted;
}
