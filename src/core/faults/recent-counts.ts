/** Counts by key, of the keys that were used last; one that is forgotten begins anew. */
export class RecentCounts {
  readonly #counts = new Map<string, number>();
  readonly #mostKeys: number;

  constructor(mostKeys: number) {
    this.#mostKeys = mostKeys;
  }

  /** How often this key was counted before, this time not included. */
  count(key: string): number {
    const before = this.#counts.get(key) ?? 0;
    // Taken out and put back, it is the newest.
    this.#counts.delete(key);
    this.#counts.set(key, before + 1);
    if (this.#counts.size > this.#mostKeys) {
      for (const [oldest] of this.#counts) {
        this.#counts.delete(oldest);
        break;
      }
    }
    return before;
  }
}
