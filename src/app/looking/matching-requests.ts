import type { Clock } from "../../core/model/clock.ts";
import type { Delivery } from "../../core/model/delivery.ts";
import { type Filter, isKnownOnArrival } from "../../core/filter/filter.ts";
import { matchesFilter } from "../../core/filter/match-filter.ts";
import { filterSql } from "../../io/store/filter/filter-sql.ts";
import type { ListedRequest } from "../../io/store/rows/request-rows.ts";
import { textsIn } from "../../io/store/search/search-slice.ts";
import type { Store } from "../../io/store/store.ts";
import type { Change, StoreNews } from "../../io/store/rows/change-rows.ts";
import { followStore } from "../../io/store/follow-store.ts";

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

const LOOK_EVERY_MS = 50;
/** So many ids are looked at in one query, oldest first. */
const WINDOW = 500;

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
  const tell = (news: StoreNews): AsyncIterable<MatchingRequest> => watch.look(news);
  yield* followStore({ store, clock, signal, everyMs: LOOK_EVERY_MS, tell, looksAtEnd: true });
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
  #seenId: number;

  constructor(filter: Filter, { store, clock, afterId, includeMalformed }: MatchContext) {
    this.#onArrival = filter.filter(({ condition }) => isKnownOnArrival(condition));
    this.#onDelivery = filter.filter(({ condition }) => !isKnownOnArrival(condition));
    this.#includesPending = filter.some(asksForPending);
    this.#includeMalformed = includeMalformed;
    this.#store = store;
    this.#clock = clock;
    this.#afterId = afterId;
    this.#seenId = afterId;
  }

  async *look({ changes, isGap }: StoreNews): AsyncGenerator<MatchingRequest, void, undefined> {
    // It is not known which have changed, so all are looked at again.
    if (isGap) this.#seenId = this.#afterId;
    for (const id of this.#changed(changes)) {
      const [row] = this.#rows(id, id + 1);
      if (row) yield* this.#judge(row);
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

  /** Requests whose delivery has ended meanwhile, or that are being replayed: they may match now. */
  #changed(changes: readonly Change[]): ReadonlySet<number> {
    const ids = new Set<number>();
    for (const { kind, rowId } of changes) {
      const mayMatch = kind === "settled" || (kind === "delivery" && this.#includesPending);
      const id = mayMatch ? this.#store.read.deliveryOrigin(rowId)?.requestId : undefined;
      if (id !== undefined && id > this.#afterId && id <= this.#seenId) ids.add(id);
    }
    return ids;
  }

  /** Newest first, of those that match as far as it is known on arrival. */
  #rows(leastId: number, beforeId: number): readonly ListedRequest[] {
    const filter = filterSql(this.#onArrival, this.#clock.nowMs(), { spooled: "candidates" });
    const page = { limit: WINDOW, leastId, beforeId, includeMalformed: this.#includeMalformed, filter };
    return this.#store.read.listRequests(page);
  }

  async *#judge(row: ListedRequest): AsyncGenerator<MatchingRequest, void, undefined> {
    const { id } = row.request;
    if (this.#matched.has(id)) return;
    const delivery = this.#store.read.tellingDelivery(id);
    // A pending delivery may still come to match. When it ends that is a change, and the request is looked at again.
    const mayChange = delivery?.status === "pending" && this.#onDelivery.length > 0;
    if ((mayChange && !this.#includesPending) || !(await this.#holds(row, delivery))) return;
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
