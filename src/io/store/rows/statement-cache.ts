import type { Database, Statement } from "../../sqlite/database.ts";

/** What one list or search uses, and a few more for a page on which a filter is being typed. */
const MOST_STATEMENTS = 16;

/** Prepared statements by their text; the one that was not used for the longest time goes first. */
export class StatementCache<Parameters extends unknown[], Row> {
  readonly #db: Database;
  readonly #statements = new Map<string, Statement<Parameters, Row>>();

  constructor(db: Database) {
    this.#db = db;
  }

  prepared(sql: string): Statement<Parameters, Row> {
    const statement = this.#statements.get(sql) ?? this.#db.prepare<Parameters, Row>(sql);
    this.#statements.delete(sql);
    this.#statements.set(sql, statement);
    const [oldest] = this.#statements.keys();
    if (this.#statements.size > MOST_STATEMENTS && oldest !== undefined) this.#statements.delete(oldest);
    return statement;
  }
}
