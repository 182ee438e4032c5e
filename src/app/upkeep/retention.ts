import type { Clock } from "../../core/model/clock.ts";
import { HookcliError } from "../../core/model/errors.ts";
import type { Store } from "../../io/store/store.ts";
import type { Feed } from "../session/feed.ts";
import { prune, type RetentionLimits } from "./prune.ts";
import { POLITE } from "./slices.ts";

export interface RetentionOptions {
  readonly store: Store;
  readonly feed: Feed;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly limits: RetentionLimits;
}

const PRUNE_EVERY_MS = 60_000;
/** Sooner where many have come. */
const PRUNE_EVERY_REQUESTS = 500;

/**
 * Keeps a listener's store within its limits: at once, then every minute or every 500 requests. No slice of it holds the
 * event loop for long. Resolves when `signal` ends it; rejects only for mistakes of ours.
 */
export async function retain({ store, feed, clock, signal, limits }: RetentionOptions): Promise<void> {
  if (Object.values(limits).every((limit) => limit === undefined)) return;
  let arrived = 0;
  let due = new AbortController();
  const unsubscribe = feed.subscribe(({ kind }) => {
    if (kind === "request") arrived += 1;
    if (arrived >= PRUNE_EVERY_REQUESTS) due.abort();
  });
  try {
    while (!signal.aborted) {
      [arrived, due] = [0, new AbortController()];
      await pruneOnce(store, limits, clock, signal);
      await clock.wait(PRUNE_EVERY_MS, AbortSignal.any([signal, due.signal]));
    }
  } finally {
    unsubscribe();
  }
}

async function pruneOnce(store: Store, limits: RetentionLimits, clock: Clock, signal: AbortSignal): Promise<void> {
  try {
    await prune(store, limits, { clock, signal, pace: POLITE });
  } catch (error) {
    // Trouble with the store is told by whoever writes; the next time may be luckier.
    if (!signal.aborted && !(error instanceof HookcliError)) throw error;
  }
}
