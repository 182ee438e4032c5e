import type { Clock } from "../../core/model/clock.ts";
import { HookcliError } from "../../core/model/errors.ts";
import type { Store } from "../../io/store/store.ts";
import type { Feed } from "./feed.ts";

const POLL_INTERVAL_MS = 200;
const PAGE = 500;

/**
 * Puts what other processes do with the store into the feed: replays made in a second terminal appear on the listener's
 * screen. Requests that another listener captures are its own affair. Resolves when `signal` ends it.
 */
export async function followStore(store: Store, feed: Feed, clock: Clock, signal: AbortSignal): Promise<void> {
  let seen = store.read.latestChange();
  let mark = store.read.foreignWriteMark();
  let { epoch } = store;
  for (;;) {
    await clock.wait(POLL_INTERVAL_MS, signal);
    if (signal.aborted) return;
    if (store.trouble) continue;
    try {
      if (store.epoch !== epoch) {
        // Another store: what happened in it before is no news.
        [seen, mark, epoch] = [store.read.latestChange(), store.read.foreignWriteMark(), store.epoch];
        continue;
      }
      // The order matters: what is committed after this line is looked at next time.
      const latest = store.read.latestChange();
      const markNow = store.read.foreignWriteMark();
      seen = markNow === mark ? latest : publishAfter(seen, store, feed);
      mark = markNow;
    } catch (error) {
      // What a read meets, a write will tell of; the next look may be luckier.
      if (!(error instanceof HookcliError)) throw error;
    }
  }
}

function publishAfter(seq: number, store: Store, feed: Feed): number {
  let seen = seq;
  for (;;) {
    const changes = store.read.changesAfter(seen, PAGE);
    for (const { kind, rowId } of changes) if (kind === "delivery") publishForeign(rowId, store, feed);
    seen = changes.at(-1)?.seq ?? seen;
    if (changes.length < PAGE) return seen;
  }
}

function publishForeign(deliveryId: number, store: Store, feed: Feed): void {
  const delivery = store.read.findDelivery(deliveryId);
  if (!delivery || delivery.sessionId === store.sessionId || delivery.cause !== "replay") return;
  const attempt = delivery.attempts.at(-1);
  const request = store.read.findRequest({ kind: "id", id: delivery.requestId });
  if (request && attempt?.outcome) feed.publish({ kind: "attempt", request, delivery, attempt, elsewhere: true });
}
