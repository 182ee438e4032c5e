import Sqlite from "better-sqlite3";
import type { Database } from "./database.ts";
import { refuseOtherFiles } from "./departure-words.ts";
import { openFailure } from "./failure.ts";
import type { OpenFiles } from "./place-watch.ts";

/**
 * A second connection to a database that this process has open already: it reads, and no statement on it can write. The
 * caller closes it.
 * @param busyTimeoutMs how long SQLite waits for a lock, blocking the thread; readers hardly ever meet one
 * @param files what has to be at the path; undefined: whatever is there
 * @throws STORE_UNREADABLE, STORE_NOT_OURS, STORE_CORRUPT, STORE_FULL, STORE_BUSY, STORE_MOVED
 */
export function openForReading(path: string, busyTimeoutMs: number, files?: OpenFiles): Database {
  let db: Database | undefined;
  try {
    refuseOtherFiles(path, files);
    db = new Sqlite(path, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });
    // SQLite opens the database at once, and its log with the first look into it, which is still to come.
    refuseOtherFiles(path, files);
    db.pragma("query_only = ON");
    db.pragma("trusted_schema = OFF");
    return db;
  } catch (error) {
    db?.close();
    throw openFailure(error, path, busyTimeoutMs);
  }
}

/**
 * A second connection to a database that this process has open already, to fold its log. The caller closes it.
 * @param busyTimeoutMs how long SQLite waits for a lock, blocking the thread
 * @param files what has to be at the path; undefined: whatever is there
 * @throws SQLite's own error; STORE_MOVED
 */
export function openForFolding(path: string, busyTimeoutMs: number, files?: OpenFiles): Database {
  refuseOtherFiles(path, files);
  const db = new Sqlite(path, { fileMustExist: true, timeout: busyTimeoutMs });
  try {
    // SQLite opens the database at once, and its log with the first look into it, which is still to come.
    refuseOtherFiles(path, files);
    // The log is synced before its pages are copied, the database before the log is used again.
    db.pragma("synchronous = FULL");
    db.pragma("checkpoint_fullfsync = ON");
    db.pragma("trusted_schema = OFF");
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
