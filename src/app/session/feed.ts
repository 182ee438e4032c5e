import type { FeedEntry, FeedSubscriber } from "../../core/model/feed.ts";

/**
 * The live stream of what happens. A subscriber that throws misses that entry, gets the next one, and never disturbs the
 * others; whoever must tell of it does so itself.
 */
export class Feed {
  readonly #subscribers = new Set<FeedSubscriber>();

  /** @returns a function that ends the subscription */
  subscribe(subscriber: FeedSubscriber): () => void {
    this.#subscribers.add(subscriber);
    return () => this.#subscribers.delete(subscriber);
  }

  publish(entry: FeedEntry): void {
    for (const subscriber of this.#subscribers) {
      try {
        subscriber(entry);
      } catch {
        // One entry that cannot be shown must not blind anybody to all that follow.
      }
    }
  }
}
