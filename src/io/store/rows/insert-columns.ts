import type { Database } from "../../sqlite/database.ts";

/** What can stand in a column. */
export type ColumnValue = string | number | Uint8Array | null | undefined;

/** The columns of a table that are written, each with what stands in it; undefined is NULL. */
export type InsertColumns<Written> = Readonly<Record<string, (written: Written) => ColumnValue>>;

/**
 * An INSERT whose columns and values come from the same list, so that neither can be in another's place.
 * @returns inserts a row and gives its rowid
 */
export function prepareInsert<Written>(
  db: Database,
  table: string,
  columns: InsertColumns<Written>,
): (written: Written) => number {
  const names = Object.keys(columns);
  const valueOf = Object.values(columns);
  const blanks = names.map(() => "?").join(", ");
  const insert = db.prepare<unknown[]>(`INSERT INTO ${table} (${names.join(", ")}) VALUES (${blanks})`);
  return (written) => Number(insert.run(valueOf.map((value) => value(written) ?? null)).lastInsertRowid);
}
