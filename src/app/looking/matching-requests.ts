import type { Clock } from "../../core/model/clock.ts";
import type { Delivery } from "../../core/model/delivery.ts";
import { HookcliError } from "../../core/model/errors.ts";
import { type Filter, isKnownOnArrival } from "../../core/filter/filter.ts";
import { matchesFilter } from "../../core/filter/match-filter.ts";
import { filterSql } from "../../io/store/filter/filter-sql.ts";
import type { ListedRequest } from "../../io/store/rows/request-rows.ts";
import { textsIn } from "../../io/store/search/search-slice.ts";
import type { Store } from "../../io/store/store.ts";

/** A request that was waited for, as a list shows it. */
export interface MatchingRequest extends ListedRequest {
  /** The one that tells how it fared; undefined where it went nowhere. */
  readonly delivery: Delivery | undefined;
}

export interface MatchContext {
  readonly store: Store;
  readonly clock: Clock;
  /** Only requests newer than this one. */
  readonly afterId: number;
  /** Bytes that were no HTTP count too. */
  readonly includeMalformed: boolean;
  /** Ends the wait, after a last look. */
  readonly signal: AbortSignal;
}

const POLL_INTERVAL_MS = 50;
/** So many ids are looked at in one query, oldest first. */
const WINDOW = 500;
const CHANGES = 500;

/**
 * Requests that match, each of them once, as soon as they do, whichever process stores them; those that are there already
 * come first, the oldest of them first. A filter that asks how a request fared is answered when its delivery has ended
 * (`is:pending` at once), and again when it was replayed.
 */
export async function* matchingRequests(
  filter: Filter,
  context: MatchContext,
): AsyncGenerator<MatchingRequest, void, undefined> {
  const { store, clock, signal } = context;
  const watch = new Watch(filter, context);
  let mark: number | undefined;
  for (;;) {
    const isLast = signal.aborted;
    try {
      // The order matters: what is committed after this line is looked at next time.
      const markNow = store.read.foreignWriteMark();
      if (markNow !== mark) yield* watch.look();
      mark = markNow;
    } catch (error) {
      // Another process that opens or mends the store holds it for a moment.
      if (!(error instanceof HookcliError) || error.code !== "STORE_BUSY") throw error;
    }
    if (isLast) return;
    await clock.wait(POLL_INTERVAL_MS, signal);
  }
}

/** What has been looked at, and what must be looked at again. */
class Watch {
  readonly #onArrival: Filter;
  readonly #onDelivery: Filter;
  readonly #includesPending: boolean;
  readonly #includeMalformed: boolean;
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #afterId: number;
  readonly #matched = new Set<number>();
  /** Their delivery has not ended, or has changed. */
  readonly #open = new Set<number>();
  #seenId: number;
  #seenChange: number;

  constructor(filter: Filter, { store, clock, afterId, includeMalformed }: MatchContext) {
    this.#onArrival = filter.filter(({ condition }) => isKnownOnArrival(condition));
    this.#onDelivery = filter.filter(({ condition }) => !isKnownOnArrival(condition));
    this.#includesPending = filter.some(asksForPending);
    this.#includeMalformed = includeMalformed;
    this.#store = store;
    this.#clock = clock;
    this.#afterId = afterId;
    this.#seenId = afterId;
    this.#seenChange = store.read.latestChange();
  }

  async *look(): AsyncGenerator<MatchingRequest, void, undefined> {
    this.#reopenChanged();
    for (const id of this.#open) {
      const [row] = this.#rows(id, id + 1);
      if (row) yield* this.#judge(row);
      else this.#open.delete(id);
    }
    const newest = this.#newestId();
    while (this.#seenId < newest) {
      const least = this.#seenId + 1;
      const before = Math.min(least + WINDOW, newest + 1);
      const rows = this.#rows(least, before);
      for (const row of rows.toReversed()) {
        this.#seenId = row.request.id;
        yield* this.#judge(row);
      }
      this.#seenId = before - 1;
    }
  }

  #newestId(): number {
    return this.#store.read.listRequests({ limit: 1, includeMalformed: true })[0]?.request.id ?? 0;
  }

  /** What was replayed meanwhile may match now. */
  #reopenChanged(): void {
    for (let isMore = true; isMore;) {
      const changes = this.#store.read.changesAfter(this.#seenChange, CHANGES);
      for (const { seq, kind, rowId } of changes) {
        this.#seenChange = seq;
        const id = kind === "delivery" ? this.#store.read.findDelivery(rowId)?.requestId : undefined;
        if (id !== undefined && id > this.#afterId && id <= this.#seenId && !this.#matched.has(id)) this.#open.add(id);
      }
      isMore = changes.length === CHANGES;
    }
  }

  /** Newest first, of those that match as far as it is known on arrival. */
  #rows(leastId: number, beforeId: number): readonly ListedRequest[] {
    const filter = filterSql(this.#onArrival, this.#clock.nowMs(), { spooled: "candidates" });
    const page = { limit: WINDOW, leastId, beforeId, includeMalformed: this.#includeMalformed, filter };
    return this.#store.read.listRequests(page);
  }

  async *#judge(row: ListedRequest): AsyncGenerator<MatchingRequest, void, undefined> {
    const { id } = row.request;
    const delivery = this.#store.read.tellingDelivery(id);
    const mayChange = delivery?.status === "pending" && this.#onDelivery.length > 0;
    const isMatch = (!mayChange || this.#includesPending) && (await this.#holds(row, delivery));
    if (mayChange && !isMatch) this.#open.add(id);
    else this.#open.delete(id);
    if (!isMatch) return;
    this.#matched.add(id);
    yield { ...row, delivery };
  }

  async #holds({ request }: ListedRequest, delivery: Delivery | undefined): Promise<boolean> {
    const nowMs = this.#clock.nowMs();
    if (!matchesFilter(this.#onDelivery, { request, delivery, nowMs })) return false;
    // SQL knows all the rest but what a spooled body holds.
    if (request.body.kind !== "file") return true;
    const held = await textsIn(request.body, this.#onArrival, new AbortController().signal);
    return matchesFilter(this.#onArrival, { request, delivery, nowMs, spooledHolds: (text) => held.has(text) });
  }
}

function asksForPending({ isNegated, condition }: Filter[number]): boolean {
  return !isNegated && condition.kind === "state" && condition.state === "pending";
}
