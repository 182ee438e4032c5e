import Sqlite from "better-sqlite3";
import { HookcliError } from "../../core/model/errors.ts";
import { openFailure } from "./failure.ts";
import type { Database } from "./database.ts";

/**
 * Opens a database of which parts may be unreadable, as it is. For a copy that nobody else uses: SQLite takes the log in.
 * The caller closes it.
 * @throws STORE_NOT_OURS where not even the first page is one of ours, STORE_UNREADABLE
 */
export function openDamaged(path: string, applicationId: number): Database {
  let db: Database | undefined;
  try {
    db = new Sqlite(path, { fileMustExist: true });
    db.pragma("trusted_schema = OFF");
    const found = db.pragma("application_id", { simple: true });
    db.prepare("SELECT name FROM sqlite_master").all();
    if (found === applicationId) return db;
    throw new HookcliError("STORE_NOT_OURS", { path, reason: "it is a database of another program" });
  } catch (error) {
    db?.close();
    throw openFailure(error, path, 0);
  }
}
