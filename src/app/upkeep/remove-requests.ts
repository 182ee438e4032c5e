import type { Clock } from "../../core/model/clock.ts";
import type { Store } from "../../io/store/store.ts";
import { MOST_ROWS, type Removal, type RemovedSlice } from "../../io/store/upkeep/upkeep.ts";
import { type Pace, Slices } from "./slices.ts";

export interface RemoveOptions {
  readonly clock: Clock;
  readonly pace: Pace;
  readonly signal?: AbortSignal | undefined;
}

export const NOTHING_REMOVED: Removal = { requests: 0, deliveries: 0, attempts: 0, bodyBytes: 0, busy: [] };

/**
 * Removes requests with all that belongs to them, in their order, in transactions of at most 200 and few milliseconds.
 * Those with a running delivery are left and named. Body files go after the commit.
 */
export async function removeRequests(store: Store, ids: readonly number[], options: RemoveOptions): Promise<Removal> {
  const slices = new Slices({ ...options, least: 1, most: MOST_ROWS });
  let sum = NOTHING_REMOVED;
  store.upkeep.pauseFolding();
  try {
    for (let waiting = ids; waiting.length > 0;) {
      const slice = await removeSlice(store, waiting, slices, options.pace);
      sum = sumOf(sum, slice);
      waiting = slice.untouched;
    }
    return sum;
  } finally {
    store.upkeep.resumeFolding();
  }
}

/** One slice of a removal, files included; the log is folded apart from it. */
export async function removeSlice(
  store: Store,
  ids: readonly number[],
  slices: Slices,
  pace: Pace,
): Promise<RemovedSlice> {
  const { upkeep } = store;
  const slice = await slices.next((portion) => {
    const done = upkeep.remove(ids.slice(0, portion), pace.sliceMs);
    return { ...done, untouched: [...done.untouched, ...ids.slice(portion)] };
  });
  await slices.step(() => upkeep.checkpoint());
  await upkeep.removeFiles(slice.files);
  return slice;
}

/** What a removal of these would do now. */
export function worthOf(store: Store, ids: readonly number[]): Removal {
  const { find } = store.upkeep;
  return ids.reduce((sum, id) => {
    const one = find.isBusy(id) ? { busy: [id] } : { requests: 1, ...find.worthOf(id) };
    return sumOf(sum, { ...NOTHING_REMOVED, ...one });
  }, NOTHING_REMOVED);
}

export function sumOf(a: Removal, b: Removal): Removal {
  return {
    requests: a.requests + b.requests,
    deliveries: a.deliveries + b.deliveries,
    attempts: a.attempts + b.attempts,
    bodyBytes: a.bodyBytes + b.bodyBytes,
    busy: [...a.busy, ...b.busy],
  };
}
