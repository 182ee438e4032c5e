import { HookcliError } from "../../core/model/errors.ts";
import { failureCode, sqliteFailure } from "./failure.ts";

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
