import Sqlite from "better-sqlite3";
import { HookcliError } from "../../core/model/errors.ts";
import type { Database } from "./database.ts";

/** What a failed SQLite call means for what comes next. */
export type SqliteFailure =
  /** Another connection holds the lock: try again. */
  | "busy"
  /** No room: nothing was written, reads still work. */
  | "full"
  /** The file is damaged, or is no database at all. */
  | "corrupt"
  /** Disk, permissions or mount trouble that may pass. */
  | "unwritable"
  /** A mistake of ours. */
  | "bug";

/** Sorts an error by SQLite's result code; anything that is not SQLite's own is a bug. */
export function sqliteFailure(error: unknown): SqliteFailure {
  const code = error instanceof Sqlite.SqliteError ? error.code : "";
  if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED")) return "busy";
  // The second is what opening a database says on a full disk: it finds no room for the index of the log.
  if (code === "SQLITE_FULL" || code === "SQLITE_IOERR_SHMSIZE") return "full";
  if (code.startsWith("SQLITE_CORRUPT") || code === "SQLITE_NOTADB") return "corrupt";
  if (/^SQLITE_(?:IOERR|READONLY|CANTOPEN|PERM|AUTH|PROTOCOL)/.test(code)) return "unwritable";
  return "bug";
}

/** SQLite's own name of the result (`SQLITE_IOERR_WRITE`), or the error's message where it is not SQLite's. */
export function failureCode(error: unknown): string {
  if (error instanceof Sqlite.SqliteError) return error.code;
  return error instanceof Error ? error.message : String(error);
}

/** What SQLite finds wrong in the whole file; undefined: nothing. */
export function damageIn(db: Database): string | undefined {
  try {
    const found = String(db.pragma("quick_check(1)", { simple: true }));
    return found === "ok" ? undefined : found;
  } catch (error) {
    // Where the damage is bad enough the check itself fails.
    if (sqliteFailure(error) === "corrupt") return failureCode(error);
    throw error;
  }
}

/**
 * What it means for a person that a database could not be opened or read; a mistake of ours comes back as it is.
 * @param patienceMs how long it was tried against another process's lock
 */
export function openFailure(error: unknown, path: string, patienceMs: number): unknown {
  if (error instanceof HookcliError) return error;
  const reason = failureCode(error);
  const cause = { cause: error };
  switch (sqliteFailure(error)) {
    case "busy":
      return new HookcliError("STORE_BUSY", { path, seconds: patienceMs / 1000 }, cause);
    case "full":
      return new HookcliError("STORE_FULL", { path }, cause);
    case "corrupt":
      if (reason === "SQLITE_NOTADB")
        return new HookcliError("STORE_NOT_OURS", { path, reason: "it is no database" }, cause);
      return new HookcliError("STORE_CORRUPT", { path, reason }, cause);
    case "unwritable":
      return new HookcliError("STORE_UNREADABLE", { path, reason }, cause);
    case "bug":
      if ((error as NodeJS.ErrnoException).code?.startsWith("E") === true)
        return new HookcliError(
          "STORE_UNREADABLE",
          { path, reason: (error as NodeJS.ErrnoException).code ?? "" },
          cause,
        );
      return error;
  }
}
