import Sqlite from "better-sqlite3";
import type { Database } from "./open.ts";
import { openFailure } from "./open-failure.ts";

/**
 * A second connection to a database that this process has open already: it reads, and no statement on it can write. The
 * caller closes it.
 * @param busyTimeoutMs how long SQLite waits for a lock, blocking the thread; readers hardly ever meet one
 * @throws STORE_UNREADABLE, STORE_NOT_OURS, STORE_CORRUPT, STORE_FULL, STORE_BUSY
 */
export function openForReading(path: string, busyTimeoutMs: number): Database {
  try {
    const db = new Sqlite(path, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });
    db.pragma("query_only = ON");
    db.pragma("trusted_schema = OFF");
    return db;
  } catch (error) {
    throw openFailure(error, path, busyTimeoutMs);
  }
}
