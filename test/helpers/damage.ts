import { closeSync, fstatSync, openSync, writeSync } from "node:fs";
import { randomBytes } from "node:crypto";
import Sqlite from "better-sqlite3";

/** Folds the log into the database and makes other connections read everything anew, as another process's write does. */
export function foldLog(dbPath: string): void {
  const db = new Sqlite(dbPath);
  db.exec("UPDATE sessions SET seen_at_ms = seen_at_ms + 1");
  db.pragma("wal_checkpoint(TRUNCATE)");
  db.close();
}

/** Overwrites every page of a database but the first, as a bad disk does. */
export function garblePages(dbPath: string): void {
  const file = openSync(dbPath, "r+");
  const { size } = fstatSync(file);
  writeSync(file, randomBytes(size - 4096), 0, size - 4096, 4096);
  closeSync(file);
}

/** Overwrites some leaf pages of one table (each third one), as a bad disk does; its other pages stay whole. */
export function damagePagesOf(dbPath: string, table: string, count: number): void {
  const db = new Sqlite(dbPath, { readonly: true });
  const leaves = db
    .prepare<[string], number>("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path")
    .pluck()
    .all(table);
  db.close();
  const file = openSync(dbPath, "r+");
  for (let nth = 1; nth <= count; nth += 1)
    writeSync(file, randomBytes(4096), 0, 4096, ((leaves[nth * 3] ?? leaves[0] ?? 0) - 1) * 4096);
  closeSync(file);
}
