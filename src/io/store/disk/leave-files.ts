import { ftruncateSync, linkSync, rmSync } from "node:fs";
import { isSameFile, isUnwritten, markOf } from "../../sqlite/file-mark.ts";
import type { Departure, PlaceWatch } from "../../sqlite/place-watch.ts";
import { copyLog, moveLogAside } from "../../sqlite/put-aside.ts";

export interface LeavingOptions {
  readonly path: string;
  readonly watch: Pick<PlaceWatch, "files" | "logFile" | "databaseMark">;
  readonly departure: Departure;
}

/** Files that a connection still has open, and must not write any more. */
export interface LeftFiles {
  /** Where the log is now, with what was not yet folded; undefined: it is where it was, or nobody needs it. */
  readonly aside: () => string | undefined;
  /** The last step before the connection is closed, when nobody touches the files at the path any more. */
  readonly settle: () => void;
}

/**
 * Makes sure that the log of a connection whose files were taken away gets into no other file: neither when this process closes
 * the connection, nor when another one opens what is at the path now.
 */
export function leaveFiles(options: LeavingOptions): LeftFiles {
  switch (options.departure) {
    case "removed":
    case "replaced":
      return leaveDatabase(options);
    case "overwritten":
      return leaveContent(options);
    case "log-damaged":
    case "log-taken":
    case "index-taken":
      return leaveLog(options);
  }
}

/** The log goes aside; it comes back with the database. SQLite does not fold when the file is not at its path. */
function leaveDatabase({ path, watch }: LeavingOptions): LeftFiles {
  const { files } = watch;
  const mark = watch.databaseMark;
  let aside = moveAside(() => moveLogAside(path, files));
  const settle = (): void => {
    if (aside !== undefined && isUnwritten(markOf(path), mark) && putBack(aside, path)) aside = undefined;
  };
  return { aside: () => aside, settle };
}

/** The content that the log belongs to is gone, so the log is emptied: SQLite then finds nothing to fold at the end. */
function leaveContent({ path, watch }: LeavingOptions): LeftFiles {
  const aside = moveAside(() => copyLog(path, watch.logFile));
  emptyLog(path, watch);
  return { aside: () => aside, settle: () => undefined };
}

/**
 * The database is where it was. Its log is copied, and the copy comes back as a new log: what is whole in it, from its
 * beginning on, is taken in by the next one who opens the database. Nobody who has the former files open can disturb that.
 */
function leaveLog({ path, watch }: LeavingOptions): LeftFiles {
  const { files } = watch;
  let aside = moveAside(() => copyLog(path, watch.logFile));
  if (aside !== undefined) emptyLog(path, watch);
  const settle = (): void => {
    if (!isSameFile(markOf(path), files.database)) return;
    // Another log that lies here is not that of this content.
    const log = markOf(`${path}-wal`);
    if (log && !isSameFile(log, files.log)) moveAside(() => moveLogAside(path, { ...files, log }));
    if (aside !== undefined && putBack(aside, path)) aside = undefined;
  };
  return { aside: () => aside, settle };
}

function emptyLog(path: string, watch: LeavingOptions["watch"]): void {
  ftruncateSync(watch.logFile, 0);
  moveAside(() => moveLogAside(path, watch.files));
}

/** Where the folder cannot be written, everything stays as it is. */
function moveAside(move: () => string | undefined): string | undefined {
  try {
    return move();
  } catch {
    return undefined;
  }
}

/** Never over another log. */
function putBack(aside: string, path: string): boolean {
  try {
    linkSync(aside, `${path}-wal`);
    rmSync(aside);
    return true;
  } catch {
    return false;
  }
}
