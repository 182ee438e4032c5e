import type { Clock } from "../../core/model/clock.ts";
import { BEFORE_EVERY_EVENT, type EventKey } from "../../io/store/upkeep/retention-rows.ts";
import type { Store } from "../../io/store/store.ts";
import { MOST_ROWS, type Removal, type StoreSizes, type Upkeep } from "../../io/store/upkeep/upkeep.ts";
import { NOTHING_REMOVED, removeSlice, sumOf, worthOf } from "./remove-requests.ts";
import { type Pace, Slices } from "./slices.ts";

/** What a store is to be kept within; undefined: no such limit. */
export interface RetentionLimits {
  /** So many of the newest requests stay. */
  readonly keep?: number | undefined;
  /** What was received longer ago goes. */
  readonly olderThanMs?: number | undefined;
  /** Database, log and body folder together. */
  readonly maxBytes?: number | undefined;
}

export interface PruneOptions {
  readonly clock: Clock;
  readonly pace: Pace;
  readonly signal?: AbortSignal | undefined;
  /** Changes nothing and says what would go; for a size that is an estimate. */
  readonly isDryRun?: boolean;
}

export interface Pruned extends Removal {
  readonly before: StoreSizes;
  readonly after: StoreSizes;
}

/** Requests looked at in one go. */
const WINDOW = 500;
/** What a request takes beside its bodies, roughly. */
const ROW_BYTES = 450;
const MOST_PAGES = 500;
/** As SQLite makes them. */
const PAGE_BYTES = 4096;
/** After so many windows without an old request a polite search believes that there are no more. */
const PATIENT_WINDOWS = 3;

/**
 * Removes the oldest requests until the limits are met, forgets what outlived its use, and gives the room back to the disk.
 * Works in slices, also on a full disk. Requests with a running delivery are left.
 */
export async function prune(store: Store, limits: RetentionLimits, options: PruneOptions): Promise<Pruned> {
  store.upkeep.pauseFolding();
  try {
    return await new PruneRun(store, options).all(limits);
  } finally {
    store.upkeep.resumeFolding();
  }
}

export function totalBytes({ databaseBytes, logBytes, bodyBytes }: StoreSizes): number {
  return databaseBytes + logBytes + bodyBytes;
}

class PruneRun {
  readonly #store: Store;
  readonly #upkeep: Upkeep;
  readonly #options: PruneOptions;
  readonly #rows: Slices;
  readonly #pages: Slices;
  #sum: Removal = NOTHING_REMOVED;
  #removedFiles = 0;
  #sparePages = 0;
  /** What a dry run has counted already. */
  readonly #counted = new Set<number>();

  constructor(store: Store, options: PruneOptions) {
    this.#store = store;
    this.#upkeep = store.upkeep;
    this.#options = options;
    this.#rows = new Slices({ ...options, least: 1, most: MOST_ROWS });
    this.#pages = new Slices({ ...options, least: 8, most: MOST_PAGES });
  }

  async all({ keep, olderThanMs, maxBytes }: RetentionLimits): Promise<Pruned> {
    // Never more than a tenth of what the store may hold, so that little is removed from a small one.
    this.#sparePages = Math.min(this.#options.pace.sparePages, Math.floor((maxBytes ?? Infinity) / 10 / PAGE_BYTES));
    const before = await this.#upkeep.sizes();
    if (olderThanMs !== undefined) await this.#removeOlderThan(this.#options.clock.nowMs() - olderThanMs);
    if (keep !== undefined) await this.#removeBelow(await this.#oldestOfNewest(keep));
    if (maxBytes !== undefined) await this.#fitInto(maxBytes);
    if (this.#options.isDryRun === true) return { ...this.#sum, before, after: before };
    await this.#forget();
    if (this.#sum.requests > 0 || !this.#options.pace.isPolite) await this.#shrink();
    return { ...this.#sum, before, after: await this.#upkeep.sizes() };
  }

  /** Import may have stored old requests behind newer ones, so all are looked at, where nobody has to be spared. */
  async #removeOlderThan(beforeMs: number): Promise<void> {
    let [after, fruitless] = [0, 0];
    for (;;) {
      const from = after;
      const times = await this.#rows.step(() => this.#upkeep.find.timesAfter(from, WINDOW));
      const old = times.filter(({ receivedAtMs }) => receivedAtMs < beforeMs).map(({ id }) => id);
      await this.#remove(old);
      fruitless = old.length > 0 ? 0 : fruitless + 1;
      after = times.at(-1)?.id ?? after;
      if (times.length < WINDOW || (this.#options.pace.isPolite && fruitless >= PATIENT_WINDOWS)) return;
    }
  }

  /** The id from which on so many requests are stored. */
  async #oldestOfNewest(keep: number): Promise<number> {
    const edges = this.#upkeep.find.edges();
    if (!edges || edges.newest - edges.oldest < keep) return 0;
    let from = edges.newest + 1;
    for (let left = keep; left > 0;) {
      const ids = await this.#rows.step(() => this.#upkeep.find.newestIds(from, Math.min(left, WINDOW)));
      from = ids.at(-1) ?? 0;
      left -= ids.length;
      if (ids.length === 0) return 0;
    }
    return from;
  }

  async #removeBelow(limitId: number): Promise<void> {
    for (let from = 0; from < limitId;) {
      const ids = await this.#rows.step(() => this.#upkeep.find.idsBetween(from, limitId - 1, MOST_ROWS));
      if (ids.length === 0) return;
      await this.#remove(ids);
      from = (ids.at(-1) ?? limitId) + 1;
    }
  }

  async #fitInto(maxBytes: number): Promise<void> {
    if (this.#options.isDryRun === true) return this.#estimate(maxBytes);
    let sizes = await this.#upkeep.sizes();
    if (totalBytes(sizes) <= maxBytes) return;
    // First what nobody misses: the log, and pages that are not used.
    await this.#shrink();
    sizes = await this.#upkeep.sizes();
    while (
      totalBytes(sizes) > maxBytes &&
      (await this.#removeUntilUsed(maxBytes - this.#sparePages * PAGE_BYTES, sizes.bodyBytes))
    ) {
      await this.#shrink();
      sizes = await this.#upkeep.sizes();
    }
  }

  /** @returns whether anything went */
  async #removeUntilUsed(maxBytes: number, bodyFolderBytes: number): Promise<boolean> {
    const before = this.#sum.requests;
    let [from, bodies, files] = [0, bodyFolderBytes, this.#removedFiles];
    for (;;) {
      const excess = this.#upkeep.usedBytes + bodies - maxBytes;
      if (excess <= 0 && this.#sum.requests > before) break;
      const ids = await this.#rows.step((): readonly number[] => this.#oldestWorth(excess, from));
      if (ids.length === 0) break;
      await this.#remove(ids);
      from = (ids.at(-1) ?? from) + 1;
      if (this.#removedFiles > files) bodies = (await this.#upkeep.sizes()).bodyBytes;
      files = this.#removedFiles;
    }
    return this.#sum.requests > before;
  }

  /** The oldest that take so much together, as far as one slice goes. */
  #oldestWorth(bytes: number, from: number): readonly number[] {
    const ids = this.#upkeep.find.idsBetween(from, Number.MAX_SAFE_INTEGER, this.#rows.portion);
    let worth = 0;
    const last = ids.findIndex((id) => (worth += this.#upkeep.find.worthOf(id).bodyBytes + ROW_BYTES) >= bytes);
    return last < 0 ? ids : ids.slice(0, last + 1);
  }

  /** What would go, by what each request takes. */
  async #estimate(maxBytes: number): Promise<void> {
    const sizes = await this.#upkeep.sizes();
    let used = this.#upkeep.usedBytes + sizes.bodyBytes - this.#sum.bodyBytes - this.#sum.requests * ROW_BYTES;
    for (let from = 0; used > maxBytes;) {
      const ids = this.#upkeep.find.idsBetween(from, Number.MAX_SAFE_INTEGER, 1);
      const [id] = ids;
      if (id === undefined) return;
      const { bodyBytes, requests } = this.#sum;
      await this.#remove(ids);
      used -= this.#sum.bodyBytes - bodyBytes + (this.#sum.requests - requests) * ROW_BYTES;
      from = id + 1;
    }
  }

  async #remove(ids: readonly number[]): Promise<void> {
    if (this.#options.isDryRun === true) return this.#count(ids);
    for (let waiting = ids; waiting.length > 0;) {
      const slice = await removeSlice(this.#store, waiting, this.#rows, this.#options.pace);
      this.#sum = sumOf(this.#sum, { ...slice, busy: slice.busy.filter((id) => !this.#sum.busy.includes(id)) });
      this.#removedFiles += slice.files.length;
      waiting = slice.untouched;
    }
  }

  #count(ids: readonly number[]): void {
    const fresh = ids.filter((id) => !this.#counted.has(id));
    for (const id of fresh) this.#counted.add(id);
    this.#sum = sumOf(this.#sum, worthOf(this.#store, fresh));
  }

  /** Events that no provider will repeat any more. */
  async #forget(): Promise<void> {
    for (let after: EventKey | undefined = BEFORE_EVERY_EVENT; after !== undefined;) {
      const from: EventKey = after;
      after = await this.#rows.step(() => this.#upkeep.forgetEvents(from, MOST_ROWS));
    }
  }

  /** Gives unused pages and the log back to the disk. */
  async #shrink(): Promise<void> {
    for (let left = this.#upkeep.freePages; left > this.#sparePages;) {
      const before = left;
      left = await this.#pages.next((pages) => this.#upkeep.vacuum(Math.min(pages, before - this.#sparePages)));
      await this.#pages.step(() => this.#upkeep.checkpoint());
      if (left >= before) break;
    }
    await this.#pages.step(() => this.#upkeep.checkpoint());
    await this.#pages.step(() => this.#upkeep.checkpoint(true));
  }
}
