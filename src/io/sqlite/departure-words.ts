import { HookcliError } from "../../core/model/errors.ts";
import { isSameFile, markOf } from "./file-mark.ts";
import type { Departure, OpenFiles } from "./place-watch.ts";

/** The blanks of STORE_MOVED. */
export interface MovedDetails {
  readonly path: string;
  /** What happened. */
  readonly what: string;
  /** What to do. */
  readonly remedy: string;
}

/** What STORE_MOVED says of each kind: what happened, and what to do. */
export function departureDetails(path: string, departure: Departure): MovedDetails {
  return { path, what: whatOf(path, departure), remedy: remedyFor(path, departure) };
}

/** The same as an error. */
export function movedError(path: string, departure: Departure): HookcliError {
  const what = whatOf(path, departure);
  return new HookcliError("STORE_MOVED", { path, what, remedy: remedyFor(path, departure) });
}

/** The same where a database is not there, and its log is. */
export function loneLogDetails(path: string): MovedDetails {
  return {
    path,
    what: `the file is gone, and its log ${path}-wal is still there`,
    remedy: "Put the file back, or run hookcli listen: it puts the log aside and makes a fresh store",
  };
}

/** The same where the log is that of another file. */
export function foreignLogDetails(path: string): MovedDetails {
  return {
    path,
    what: `another file was put in its place, and the log ${path}-wal belongs to the one before`,
    remedy:
      "A listener that runs puts the log aside within a second: try again. Without one, run hookcli listen, which does it too",
  };
}

/** What is said of the folder of large bodies. */
export function bodiesTakenText(folder: string): string {
  return `the folder of large bodies, ${folder}, was removed, moved or replaced; what comes goes into a new one, and the bodies that were in it are missing`;
}

/** What is said of a log that was left over. */
export function loneLogText(path: string, aside: string): string {
  return `the log of a store that is gone was put aside as ${aside}; requests go into the store that is at ${path} now`;
}

function whatOf(path: string, departure: Departure): string {
  switch (departure) {
    case "removed":
      return "the file was removed or moved away";
    case "replaced":
      return "another file was put in its place";
    case "overwritten":
      return "the file was overwritten or cut short";
    case "log-taken":
      return `its log ${path}-wal was removed, moved or replaced`;
    case "log-damaged":
      return `its log ${path}-wal was overwritten or cut short`;
    case "index-taken":
      return `${path}-shm, the index of its log, was removed, replaced or cut short`;
  }
}

function remedyFor(path: string, departure: Departure): string {
  switch (departure) {
    case "removed":
      return "Put it back; where nothing is there for 2 s, a fresh store is made. What was acknowledged before is in the file that was here";
    case "replaced":
    case "overwritten":
      return `Capture goes on by itself with what is there now, if it is a sound store; otherwise move it away (mv ${path} ${path}.other), and a fresh store is made. What was acknowledged before is in the file that was here`;
    case "log-damaged":
      return "Capture goes on by itself. The last requests that were acknowledged before may be lost with the log";
    case "log-taken":
    case "index-taken":
      return "Capture goes on by itself, and nothing that was acknowledged is lost. Move a store only while nobody uses it: its files belong together";
  }
}

/**
 * For a second connection to what this process has open: by its path it may get another file, and mix that with the log of
 * the first one.
 * @throws STORE_MOVED
 */
export function refuseOtherFiles(path: string, files: OpenFiles | undefined): void {
  if (!files) return;
  const database = markOf(path);
  if (!isSameFile(database, files.database)) throw movedError(path, database ? "replaced" : "removed");
  if (!isSameFile(markOf(`${path}-wal`), files.log)) throw movedError(path, "log-taken");
}
