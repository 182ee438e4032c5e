import { parseSpoolName, type SpoolName } from "../../../core/model/body.ts";
import type { Database, Statement } from "../../sqlite/database.ts";
import { ChangeRows } from "../rows/change-rows.ts";

/** What went with a request. */
export interface RemovedRows {
  readonly deliveries: number;
  readonly attempts: number;
  /** Of its own body and of the responses it got, as far as they were stored. */
  readonly bodyBytes: number;
  /** In the body folder, which no row needs any more. A name that is none of ours leads to nothing that could go. */
  readonly files: readonly SpoolName[];
}

/** When a request came. */
export interface StoredTime {
  readonly id: number;
  readonly receivedAtMs: number;
}

/** What names an event that was removed. */
export interface EventKey {
  /** Empty: it could not be told. */
  readonly provider: string;
  readonly eventId: string;
}

/** Where a walk through all of them starts. */
export const BEFORE_EVERY_EVENT: EventKey = { provider: "", eventId: "" };

interface RememberedEvent extends EventKey {
  readonly receivedAtMs: number;
}

interface StoredBody {
  readonly file: string | null;
  readonly bytes: number;
}

/** A delivery that waits or runs is still written to; it is settled at the latest when its process is found dead. */
const BUSY = "EXISTS (SELECT 1 FROM deliveries WHERE request_id = requests.id AND status = 'pending')";
const BODIES = `SELECT body_file AS file, body_size AS bytes FROM requests WHERE id = @id
  UNION ALL SELECT response_file, coalesce(response_stored, 0) FROM attempts
  WHERE delivery_id IN (SELECT id FROM deliveries WHERE request_id = @id)`;
const COUNTS = `SELECT count(*) AS deliveries, coalesce(sum((SELECT count(*) FROM attempts
  WHERE delivery_id = deliveries.id)), 0) AS attempts FROM deliveries WHERE request_id = @id`;
/** The same event may have come several times: its last time counts. */
const REMEMBER = `INSERT INTO pruned_events (provider, event_id, received_at_ms, occurrence)
  SELECT coalesce(provider, ''), event_id, received_at_ms, occurrence FROM requests
  WHERE id = ? AND event_id IS NOT NULL AND received_at_ms >= ?
  ON CONFLICT (provider, event_id) DO UPDATE SET received_at_ms = max(received_at_ms, excluded.received_at_ms),
    occurrence = max(coalesce(occurrence, 1), coalesce(excluded.occurrence, 1))`;
const REMEMBERED = `SELECT provider, event_id AS eventId, received_at_ms AS receivedAtMs FROM pruned_events
  WHERE (provider, event_id) > (?, ?) ORDER BY provider, event_id LIMIT ?`;

/** Removes requests with all that belongs to them, and finds those that may go. Writes run inside the caller's transaction. */
export class RetentionRows {
  readonly #changes: ChangeRows;
  readonly #isBusy: Statement<[number], number>;
  readonly #bodies: Statement<[{ id: number }], StoredBody>;
  readonly #counts: Statement<[{ id: number }], Pick<RemovedRows, "deliveries" | "attempts">>;
  readonly #remember: Statement<[number, number]>;
  readonly #attempts: Statement<[number]>;
  readonly #deliveries: Statement<[number]>;
  readonly #body: Statement<[number]>;
  readonly #request: Statement<[number]>;
  readonly #between: Statement<[number, number, number], number>;
  readonly #times: Statement<[number, number], StoredTime>;
  readonly #newest: Statement<[number, number], number>;
  readonly #edges: Statement<[], { readonly oldest: number | null; readonly newest: number | null }>;
  readonly #remembered: Statement<[string, string, number], RememberedEvent>;
  readonly #forget: Statement<[string, string]>;

  constructor(db: Database, changes = new ChangeRows(db)) {
    this.#changes = changes;
    this.#isBusy = db.prepare<[number], number>(`SELECT 1 FROM requests WHERE id = ? AND ${BUSY}`).pluck();
    this.#bodies = db.prepare(BODIES);
    this.#counts = db.prepare(COUNTS);
    this.#remember = db.prepare(REMEMBER);
    this.#attempts = db.prepare(
      "DELETE FROM attempts WHERE delivery_id IN (SELECT id FROM deliveries WHERE request_id = ?)",
    );
    this.#deliveries = db.prepare("DELETE FROM deliveries WHERE request_id = ?");
    this.#body = db.prepare("DELETE FROM request_bodies WHERE request_id = ?");
    this.#request = db.prepare("DELETE FROM requests WHERE id = ?");
    this.#between = db
      .prepare<[number, number, number], number>("SELECT id FROM requests WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?")
      .pluck();
    this.#times = db.prepare(
      "SELECT id, received_at_ms AS receivedAtMs FROM requests WHERE id > ? ORDER BY id LIMIT ?",
    );
    this.#newest = db
      .prepare<[number, number], number>("SELECT id FROM requests WHERE id < ? ORDER BY id DESC LIMIT ?")
      .pluck();
    this.#edges = db.prepare(
      "SELECT (SELECT min(id) FROM requests) AS oldest, (SELECT max(id) FROM requests) AS newest",
    );
    this.#remembered = db.prepare(REMEMBERED);
    this.#forget = db.prepare("DELETE FROM pruned_events WHERE provider = ? AND event_id = ?");
  }

  /** One of its deliveries waits or is under way. */
  isBusy(id: number): boolean {
    return this.#isBusy.get(id) !== undefined;
  }

  /** What would go with it. */
  worthOf(id: number): RemovedRows {
    const bodies = this.#bodies.all({ id });
    const counts = this.#counts.get({ id }) ?? { deliveries: 0, attempts: 0 };
    return { ...counts, bodyBytes: sumOf(bodies), files: filesOf(bodies) };
  }

  /**
   * Undefined where there is no such request.
   * @param rememberFromMs the ids of events that were received from then on are remembered
   */
  remove(id: number, rememberFromMs: number): RemovedRows | undefined {
    const bodies = this.#bodies.all({ id });
    if (bodies.length === 0) return undefined;
    this.#remember.run(id, rememberFromMs);
    const attempts = this.#attempts.run(id).changes;
    const deliveries = this.#deliveries.run(id).changes;
    this.#body.run(id);
    this.#request.run(id);
    this.#changes.note("removed", id);
    return {
      deliveries,
      attempts,
      bodyBytes: sumOf(bodies),
      files: filesOf(bodies),
    };
  }

  /** Ids of stored requests within a range, both ends included, oldest first. */
  idsBetween(least: number, most: number, limit: number): number[] {
    return this.#between.all(least, most, limit);
  }

  /** The next ones behind `afterId`, oldest first, each with its time. */
  timesAfter(afterId: number, limit: number): StoredTime[] {
    return this.#times.all(afterId, limit);
  }

  /** Ids below `beforeId`, newest first. */
  newestIds(beforeId: number, limit: number): number[] {
    return this.#newest.all(beforeId, limit);
  }

  /** The lowest and the highest id; undefined where nothing is stored. */
  edges(): { readonly oldest: number; readonly newest: number } | undefined {
    const { oldest = null, newest = null } = this.#edges.get() ?? {};
    return oldest === null || newest === null ? undefined : { oldest, newest };
  }

  /**
   * Forgets events that were received before `beforeMs`, among the `limit` that follow `after`.
   * @returns the one to go on from; undefined where these were the last
   */
  forgetEvents(beforeMs: number, after: EventKey, limit: number): EventKey | undefined {
    const entries = this.#remembered.all(after.provider, after.eventId, limit);
    for (const { provider, eventId, receivedAtMs } of entries)
      if (receivedAtMs < beforeMs) this.#forget.run(provider, eventId);
    return entries.length < limit ? undefined : entries.at(-1);
  }
}

function filesOf(bodies: readonly StoredBody[]): readonly SpoolName[] {
  return bodies.flatMap(({ file }) => (file === null ? [] : (parseSpoolName(file) ?? [])));
}

function sumOf(bodies: readonly StoredBody[]): number {
  return bodies.reduce((sum, { bytes }) => sum + bytes, 0);
}
