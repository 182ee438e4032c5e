import Sqlite from "better-sqlite3";
import { refuseOtherFiles } from "./departure-words.ts";
import type { OpenFiles } from "./place-watch.ts";
import type { Database } from "./database.ts";

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
