import type { Database, Statement } from "../../sqlite/database.ts";

/** One entry of the store's change log. */
export interface Change {
  readonly seq: number;
  readonly kind: "delivery";
  readonly rowId: number;
}

/** Reads the change log; triggers write it. */
export class ChangeRows {
  readonly #latest: Statement<[], number | null>;
  readonly #after: Statement<[number, number], Change>;

  constructor(db: Database) {
    this.#latest = db.prepare<[], number | null>("SELECT max(seq) FROM changes").pluck();
    this.#after = db.prepare("SELECT seq, kind, row_id AS rowId FROM changes WHERE seq > ? ORDER BY seq LIMIT ?");
  }

  latest(): number {
    return this.#latest.get() ?? 0;
  }

  after(seq: number, limit: number): Change[] {
    return this.#after.all(seq, limit);
  }
}
