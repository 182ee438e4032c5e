import type { CapturedRequest, EventFacts } from "../../../core/model/request.ts";
import type { Database, Statement } from "../../sqlite/database.ts";

interface Told {
  readonly objectId: string;
  readonly occurredAtMs: number;
  readonly provider: string | null;
  readonly eventId: string | null;
}

/**
 * The latest of those that were already there; the same event a second time does not overtake itself. The plus signs keep
 * SQLite from planning it anew each time (see `occurrences.ts`).
 */
const LATER = `SELECT id FROM requests WHERE object_id = +@objectId AND occurred_at_ms > +@occurredAtMs
  AND provider IS +@provider AND (event_id IS NULL OR event_id IS NOT +@eventId)
  ORDER BY occurred_at_ms DESC LIMIT 1`;

/** Tells what arrives out of order: an event that is older than one already there about the same object. */
export class Overtaking {
  readonly #later: Statement<[Told], number>;

  constructor(db: Database) {
    this.#later = db.prepare<[Told], number>(LATER).pluck();
  }

  /**
   * The request that overtook one that is about to be stored: one look into the index of objects.
   * @returns undefined where none did, or where the request does not say when and about what
   */
  by({ origin }: CapturedRequest, { objectId, occurredAtMs, provider, eventId }: EventFacts): number | undefined {
    if (objectId === undefined || occurredAtMs === undefined || origin === "edit") return undefined;
    return this.#later.get({ objectId, occurredAtMs, provider: provider ?? null, eventId: eventId ?? null });
  }
}
