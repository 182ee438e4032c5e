import { storedList } from "./stored-values.ts";
import type { Database, Statement } from "../../sqlite/database.ts";

/** A connection that a listener has opened to another listener of its store. */
export interface NewLink {
  /** Both ends, as the one who takes the connection sees them: `127.0.0.1:51234>127.0.0.1:4400`. */
  readonly ends: string;
  readonly sessionId: number;
  /** Sessions that what comes over it has been through, the one that opened it included. */
  readonly trail: readonly number[];
}

/** Links as rows. Writes run inside the caller's transaction. */
export class LinkRows {
  readonly #insert: Statement<[string, number, string]>;
  readonly #remove: Statement<[string, number]>;
  readonly #removeOf: Statement<[number]>;
  readonly #trail: Statement<[string], string>;

  constructor(db: Database) {
    this.#insert = db.prepare("INSERT OR REPLACE INTO links (ends, session_id, trail) VALUES (?, ?, ?)");
    this.#remove = db.prepare("DELETE FROM links WHERE ends = ? AND session_id = ?");
    this.#removeOf = db.prepare("DELETE FROM links WHERE session_id = ?");
    this.#trail = db.prepare<[string], string>("SELECT trail FROM links WHERE ends = ?").pluck();
  }

  insert({ ends, sessionId, trail }: NewLink): void {
    this.#insert.run(ends, sessionId, JSON.stringify(trail));
  }

  /** Does nothing where another session has the same ends by now. */
  remove(ends: string, sessionId: number): void {
    this.#remove.run(ends, sessionId);
  }

  /** All that a session had. */
  removeOf(sessionId: number): void {
    this.#removeOf.run(sessionId);
  }

  /** Undefined: no listener of this store has opened such a connection. */
  trailOf(ends: string): readonly number[] | undefined {
    const text = this.#trail.get(ends);
    return text === undefined ? undefined : storedList(text, isId);
  }
}

function isId(item: unknown): item is number {
  return Number.isSafeInteger(item);
}
