import { getHeapSpaceStatistics, getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { ByteMeter } from "../../core/model/byte-budget.ts";
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

/**
 * Keeps a process small, whatever passes through it. Resolves when `signal` ends it.
 * @param meter what comes in: a turn of the event loop may bring more than a timer could look after
 */
export async function keepHeapSmall(clock: Clock, signal: AbortSignal, meter?: ByteMeter): Promise<void> {
  setFlagsFromString("--expose-gc");
  const keeper = new HeapKeeper(clock);
  if (meter) meter.onStep = () => keeper.look();
  while (!signal.aborted) {
    keeper.look();
    await clock.wait(LOOK_EVERY_MS, signal);
  }
  if (meter) meter.onStep = () => undefined;
}

class HeapKeeper {
  readonly #clock: Clock;
  #youngGrowth = 2;
  #oldBefore = spaceSizes().old;
  /** After the last major collection; undefined: V8 has not counted yet what that one freed. */
  #externalBefore: number | undefined = EXTERNAL_BYTES;
  #collectedMs = 0;
  #collectGarbage: CollectGarbage | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  look(): void {
    const { young, old } = spaceSizes();
    this.#youngGrowth = limitYoung(young, this.#youngGrowth);
    const external = externalBytes();
    // What is still in use is no reason to look again.
    this.#externalBefore = Math.max(Math.min(this.#externalBefore ?? Infinity, external), EXTERNAL_BYTES);
    const isMuch = external > EXTERNAL_BYTES;
    const isDue = isMuch && this.#clock.monotonicMs() - this.#collectedMs > EXTERNAL_EVERY_MS;
    const hasGrown =
      old > this.#oldBefore + OLD_GROWTH_BYTES || external > this.#externalBefore + EXTERNAL_GROWTH_BYTES;
    if (isDue || hasGrown) this.#collectAll();
    else if (isMuch) this.#collect("minor");
    else this.#collectGarbage = undefined;
  }

  #collectAll(): void {
    this.#collect("major");
    this.#oldBefore = spaceSizes().old;
    this.#externalBefore = undefined;
    this.#collectedMs = this.#clock.monotonicMs();
  }

  #collect(type: "minor" | "major"): void {
    this.#collectGarbage ??= takeCollector();
    this.#collectGarbage({ type });
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
