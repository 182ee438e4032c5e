import type { Database, Statement } from "../../sqlite/database.ts";

/**
 * What a row of the change log tells. `request`: what its sender was told; `removed`: a request, with all that belongs to it;
 * `delivery`: it was added to a request, or an attempt of it began or ended; `settled`: it is over.
 */
export type ChangeKind = "request" | "removed" | "delivery" | "settled";

/** That a delivery is over is noted by the schema. */
type NotedKind = Exclude<ChangeKind, "settled">;

/** A moment in the life of a store: all that was written until then. */
export interface Position {
  /** Greater at each request that is stored and at each change. */
  readonly seq: number;
  /** The newest request that had been stored, be it still there or not; 0: none. */
  readonly newestRequestId: number;
}

/** One entry of the store's change log. */
export interface Change extends Position {
  readonly kind: ChangeKind;
  /** Of the request or the delivery. */
  readonly rowId: number;
}

/** What happened between two moments. */
export interface StoreNews {
  readonly since: Position;
  /** Requests with an id after `since.newestRequestId`, up to `until.newestRequestId`, were stored; some may be gone again. */
  readonly until: Position;
  /** Oldest first. */
  readonly changes: readonly Change[];
  /** Some of what happened is not known any more, or `since` is no moment of this store: whatever was read by then may be wrong. */
  readonly isGap: boolean;
  /** There is more, after `until`. */
  readonly isMore: boolean;
}

const NEWEST_REQUEST = "coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'requests'), 0)";
/** How many rows were ever written: a row's `seq` without the requests that it counts. */
const WRITTEN = "coalesce((SELECT seq - newest_request_id FROM changes ORDER BY seq DESC LIMIT 1), 0)";
const NOTE = `INSERT INTO changes (seq, newest_request_id, kind, row_id)
  VALUES (${WRITTEN} + 1 + ${NEWEST_REQUEST}, ${NEWEST_REQUEST}, ?, ?)`;
const NOTED = "SELECT seq FROM changes ORDER BY seq DESC LIMIT 1";
const LATEST = `SELECT ${WRITTEN} + newestRequestId AS seq, newestRequestId
  FROM (SELECT ${NEWEST_REQUEST} AS newestRequestId)`;
const COLUMNS = "seq, newest_request_id AS newestRequestId, kind, row_id AS rowId";
const BETWEEN = `SELECT ${COLUMNS} FROM changes WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?`;
const LAST_BEFORE = `SELECT ${COLUMNS} FROM changes WHERE seq <= ? ORDER BY seq DESC LIMIT 1`;
const OLDEST = `SELECT ${COLUMNS} FROM changes ORDER BY seq LIMIT 1`;

/**
 * The change log. What is written is noted in the transaction that writes it, so that numbers are in the order of commits,
 * whichever process writes. A request that is stored needs no row, nor do deliveries that are stored with it: its id tells
 * of them, and a row counts the requests that came before it. Only the newest rows stay (see the schema).
 */
export class ChangeRows {
  readonly #db: Database;
  readonly #note: Statement<[NotedKind, number]>;
  readonly #noted: Statement<[], number>;
  readonly #written: Statement<[], number>;
  readonly #latest: Statement<[], Position>;
  readonly #between: Statement<[number, number, number], Change>;

  constructor(db: Database) {
    this.#db = db;
    this.#note = db.prepare(NOTE);
    this.#noted = db.prepare<[], number>(NOTED).pluck();
    this.#written = db.prepare<[], number>(`SELECT ${WRITTEN}`).pluck();
    this.#latest = db.prepare(LATEST);
    this.#between = db.prepare(BETWEEN);
  }

  /** Inside the transaction that makes the change. @returns its number */
  note(kind: NotedKind, rowId: number): number {
    return Number(this.#note.run(kind, rowId).lastInsertRowid);
  }

  /** Number of what the schema has just noted by itself, inside the transaction. */
  noted(): number {
    return this.#noted.get() ?? 0;
  }

  /** Number of a request that was just stored, inside its transaction. */
  ofRequest(newestRequestId: number): number {
    return newestRequestId + (this.#written.get() ?? 0);
  }

  /** Now. */
  latest(): Position {
    return this.#latest.get() ?? { seq: 0, newestRequestId: 0 };
  }

  /** The moment with this number; undefined where it cannot be told any more, or has not come yet. Asked seldom. */
  at(seq: number): Position | undefined {
    if (seq > this.latest().seq) return undefined;
    const before = this.#db.prepare<[number], Change>(LAST_BEFORE).get(seq);
    if (before) return { seq, newestRequestId: seq - written(before) };
    const oldest = this.#db.prepare<[], Change>(OLDEST).get();
    // Before the very first row only requests counted.
    return oldest === undefined || written(oldest) === 1 ? { seq, newestRequestId: seq } : undefined;
  }

  /** What happened after a moment, at most `limit` changes of it. */
  since(since: Position, limit: number): StoreNews {
    const latest = this.latest();
    const changes = this.#between.all(since.seq, latest.seq, limit);
    const [first] = changes;
    const isGap = first ? written(first) !== written(since) + 1 : written(latest) !== written(since);
    if (isGap || latest.newestRequestId < since.newestRequestId)
      return { since, until: latest, changes: [], isGap: true, isMore: false };
    const last = changes.length < limit ? undefined : changes.at(-1);
    return { since, until: last ?? latest, changes, isGap, isMore: last !== undefined };
  }
}

/** How many rows had been written at a moment. */
function written({ seq, newestRequestId }: Position): number {
  return seq - newestRequestId;
}
