import type { Clock } from "../../core/model/clock.ts";
import { HookcliError } from "../../core/model/errors.ts";
import type { Position, StoreNews } from "./rows/change-rows.ts";
import type { Store } from "./store.ts";

/** Who follows a store, and how. */
export interface FollowOptions<Told> {
  readonly store: Pick<Store, "read" | "epoch">;
  readonly clock: Clock;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** How often the store is looked at. */
  readonly everyMs: number;
  /**
   * What is told of news: at the first look, and whenever another connection has written. Where a read in it fails for
   * `isPassing` reasons it is called again with the same news, so that it must not tell again what it has told.
   */
  readonly tell: (news: StoreNews) => AsyncIterable<Told> | Iterable<Told>;
  /** Where one left off; undefined: what was there before is no news. */
  readonly afterSeq?: number | undefined;
  /** What this process writes itself is news too. */
  readonly includesOwn?: boolean;
  /** Asked at each look: `tell` is called though nobody has written. */
  readonly isDue?: () => boolean;
  /** Takes a last look when it ends. */
  readonly looksAtEnd?: boolean;
  /** Failures that the next look may not meet any more; others end it. Undefined: another process holds the store for a moment. */
  readonly isPassing?: (error: HookcliError) => boolean;
}

/** Changes that are told in one go. */
const PAGE = 500;

/**
 * Follows a store: what is told of everything that happens in it, whichever process does it. Nothing is missed between two
 * looks; where too much was, or another store is open by now, the news say that there is a gap.
 */
export async function* followStore<Told>(options: FollowOptions<Told>): AsyncGenerator<Told, void, undefined> {
  const { clock, signal, everyMs, looksAtEnd = false, isPassing = isBusy } = options;
  const lookout = new Lookout(options);
  for (;;) {
    const isLast = signal.aborted;
    if (isLast && !looksAtEnd) return;
    try {
      for (let news = lookout.look(); news; news = lookout.goOn(news)) yield* options.tell(news);
    } catch (error) {
      if (!(error instanceof HookcliError) || !isPassing(error)) throw error;
    }
    if (isLast) return;
    // What was told may have ended it.
    if (!signal.aborted) await clock.wait(everyMs, signal);
  }
}

function isBusy({ code }: HookcliError): boolean {
  return code === "STORE_BUSY";
}

/** How far one has come, and whether there is more. */
class Lookout {
  readonly #options: FollowOptions<unknown>;
  #epoch: number;
  #position: Position | undefined;
  /** As it was when everything up to the position had been written; undefined: not all of that is told yet. */
  #mark: number | undefined;
  #nextMark = 0;

  constructor(options: FollowOptions<unknown>) {
    const { store, afterSeq } = options;
    this.#options = options;
    this.#epoch = store.epoch;
    this.#position = afterSeq === undefined ? store.read.position() : store.read.positionAt(afterSeq);
  }

  /** Undefined: there is no news. */
  look(): StoreNews | undefined {
    const { store, isDue, includesOwn = false } = this.#options;
    if (store.epoch !== this.#epoch) [this.#epoch, this.#position, this.#mark] = [store.epoch, undefined, undefined];
    const isAsked = isDue?.() ?? false;
    // The order matters: what is committed after this line is looked at next time.
    const latest = store.read.position();
    this.#nextMark = store.read.foreignWriteMark();
    const hasForeign = this.#nextMark !== this.#mark;
    const hasOwn = !hasForeign && latest.seq !== this.#position?.seq;
    if (hasOwn && !includesOwn) this.#position = latest;
    return hasForeign || isAsked || (hasOwn && includesOwn) ? this.#news() : undefined;
  }

  /** That was told. @returns more of it */
  goOn({ until, isMore }: StoreNews): StoreNews | undefined {
    this.#position = until;
    if (isMore) return this.#news();
    this.#mark = this.#nextMark;
    return undefined;
  }

  #news(): StoreNews {
    const { read } = this.#options.store;
    if (this.#position) return read.newsSince(this.#position, PAGE);
    const now = read.position();
    return { since: now, until: now, changes: [], isGap: true, isMore: false };
  }
}
