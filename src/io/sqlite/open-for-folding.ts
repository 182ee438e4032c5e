import Sqlite from "better-sqlite3";
import type { Database } from "./open.ts";

/**
 * A second connection to a database that this process has open already, to fold its log. The caller closes it.
 * @param busyTimeoutMs how long SQLite waits for a lock, blocking the thread
 * @throws SQLite's own error
 */
export function openForFolding(path: string, busyTimeoutMs: number): Database {
  const db = new Sqlite(path, { fileMustExist: true, timeout: busyTimeoutMs });
  // The log is synced before its pages are copied, the database before the log is used again.
  db.pragma("synchronous = FULL");
  db.pragma("checkpoint_fullfsync = ON");
  db.pragma("trusted_schema = OFF");
  return db;
}
