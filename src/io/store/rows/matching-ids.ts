import { StatementCache } from "./statement-cache.ts";
import type { Database } from "../../sqlite/database.ts";
import type { FilterSql, SqlValue } from "./condition.ts";

/** Ids of requests that a filter lets through, oldest first; nothing else of them is read. */
export class MatchingIds {
  readonly #statements: StatementCache<SqlValue[], { readonly id: number }>;

  constructor(db: Database) {
    this.#statements = new StatementCache(db);
  }

  /** At most `limit` of those after `afterId`. */
  after(afterId: number, { where, parameters }: Pick<FilterSql, "where" | "parameters">, limit: number): number[] {
    const sql = `SELECT requests.id FROM requests WHERE requests.id > ? AND ${where} ORDER BY requests.id LIMIT ?`;
    const rows = this.#statements.prepared(sql).all(afterId, ...parameters, limit);
    return rows.map(({ id }) => id);
  }
}
