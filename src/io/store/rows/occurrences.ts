import type { CapturedRequest, EventFacts } from "../../../core/model/request.ts";
import type { Database, Statement } from "../../sqlite/database.ts";

interface Named {
  readonly eventId: string;
  readonly provider: string | null;
}

/**
 * Of the newest one that came before, be it still there or not. The plus signs change nothing but this: a bare parameter
 * beside an ORDER BY makes SQLite plan the query anew each time that it is bound, which takes 4 µs.
 */
const LAST = `SELECT max(
  coalesce((SELECT occurrence FROM requests WHERE event_id = +@eventId AND provider IS +@provider
    AND occurrence IS NOT NULL ORDER BY id DESC LIMIT 1), 0),
  coalesce((SELECT coalesce(occurrence, 1) FROM pruned_events
    WHERE provider = coalesce(+@provider, '') AND event_id = +@eventId), 0))`;

/** Tells duplicates: the requests that carry the same event of the same provider are numbered as they come. */
export class Occurrences {
  readonly #last: Statement<[Named], number>;

  constructor(db: Database) {
    this.#last = db.prepare<[Named], number>(LAST).pluck();
  }

  /**
   * The number of a request that is about to be stored, from 1: one look into the index of event ids, however many there
   * are. Only what comes from outside is numbered.
   * @returns undefined where it names no event, or was made by a person
   */
  next({ origin }: CapturedRequest, { eventId, provider }: EventFacts): number | undefined {
    if (eventId === undefined || origin === "edit") return undefined;
    return (this.#last.get({ eventId, provider: provider ?? null }) ?? 0) + 1;
  }
}
