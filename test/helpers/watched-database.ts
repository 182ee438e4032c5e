import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { onTestFinished } from "vitest";
import { openDatabase } from "../../src/io/sqlite/open.ts";
import { PlaceWatch } from "../../src/io/sqlite/place-watch.ts";
import { temporaryFolder } from "./surroundings.ts";
import type { Database } from "../../src/io/sqlite/database.ts";

const APPLICATION_ID = 1;

/** An open database whose files are watched, as a listener has one. Closed when the test ends. */
export interface WatchedDatabase {
  readonly path: string;
  readonly db: Database;
  readonly watch: PlaceWatch;
  /** So many rows of a kilobyte, each in a transaction of its own. */
  readonly write: (rows: number) => void;
  readonly fold: (mode?: string) => void;
}

export function watchedDatabase(): WatchedDatabase {
  const path = join(temporaryFolder(), "x.db");
  const migrations = ["CREATE TABLE notes (bytes BLOB)"];
  const db = openDatabase({ path, migrations, applicationId: APPLICATION_ID, busyTimeoutMs: 10 });
  db.pragma("wal_autocheckpoint = 0");
  const insert = db.prepare("INSERT INTO notes VALUES (randomblob(1000))");
  const write = (rows: number): void => {
    for (let row = 0; row < rows; row += 1) insert.run();
  };
  const watch = new PlaceWatch(path, APPLICATION_ID);
  onTestFinished(() => {
    db.close();
    watch.close();
  });
  return { path, db, watch, write, fold: (mode = "PASSIVE") => void db.pragma(`wal_checkpoint(${mode})`) };
}

/** A sound database of the same kind that is nobody's, with so many rows. */
export function otherDatabase(rows: number): string {
  const path = join(temporaryFolder(), "other.db");
  openDatabase({
    path,
    migrations: ["CREATE TABLE notes (bytes BLOB)"],
    applicationId: APPLICATION_ID,
    busyTimeoutMs: 10,
  }).close();
  const db = new Sqlite(path);
  for (let row = 0; row < rows; row += 1) db.exec("INSERT INTO notes VALUES (randomblob(1000))");
  db.close();
  return path;
}
