import type { Clock } from "../../core/model/clock.ts";
import type { FeedEntry } from "../../core/model/feed.ts";
import type { Change, StoreNews } from "../../io/store/rows/change-rows.ts";
import { followStore } from "../../io/store/follow-store.ts";
import type { Store } from "../../io/store/store.ts";
import type { Feed } from "./feed.ts";

const LOOK_EVERY_MS = 200;

/**
 * Puts what other processes do with the store into the feed: replays made in a second terminal appear on the listener's
 * screen. Requests that another listener captures are their own affair. Takes a last look when `signal` ends it, and resolves.
 */
export async function followOthers(store: Store, feed: Feed, clock: Clock, signal: AbortSignal): Promise<void> {
  const others = new Others(store);
  const tell = (news: StoreNews): Iterable<FeedEntry> => others.entriesOf(news);
  // What a read meets, a write will tell of; the next look may be luckier.
  const following = { store, clock, signal, everyMs: LOOK_EVERY_MS, tell, looksAtEnd: true, isPassing: () => true };
  for await (const entry of followStore(following)) feed.publish(entry);
}

/** What other processes have finished, each once. */
class Others {
  readonly #store: Store;
  /** Number of the last change that was looked at. */
  #seen = 0;

  constructor(store: Store) {
    this.#store = store;
  }

  *entriesOf({ since, changes }: StoreNews): Generator<FeedEntry> {
    // Another store, which counts from elsewhere.
    if (since.seq > this.#seen || changes.length === 0) this.#seen = since.seq;
    for (const change of changes) {
      if (change.seq <= this.#seen) continue;
      const entry = change.kind === "settled" ? this.#entryOf(change) : undefined;
      if (entry) yield entry;
      this.#seen = change.seq;
    }
  }

  #entryOf({ seq, rowId }: Change): FeedEntry | undefined {
    const { read, sessionId } = this.#store;
    const origin = read.deliveryOrigin(rowId);
    if (!origin || origin.sessionId === sessionId || origin.cause !== "replay") return undefined;
    const delivery = read.findDelivery(rowId);
    const attempt = delivery?.attempts.at(-1);
    const request = read.findRequest({ kind: "id", id: origin.requestId });
    if (!delivery || !request || !attempt?.outcome) return undefined;
    return { kind: "attempt", seq, request, delivery, attempt, elsewhere: true };
  }
}
