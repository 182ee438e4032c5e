import { closeSync, readFileSync, rmSync, statSync, writeSync } from "node:fs";
import { checkOwnFile, createOwnFile } from "../files/own-file.ts";

/**
 * A note beside a database (`hooks.db-held`): which database file and which log a listener has open together. A log says
 * nothing about the database that it belongs to, so whoever opens another file that was put at the path in the meantime
 * would take the old log in, and lose both.
 */
const SUFFIX = "-held";
/** Of a note. */
const MOST_BYTES = 1000;

/** Written by whoever keeps a database open for long. Never throws: without it only that protection is missing. */
export function noteHeldFiles(path: string): void {
  const [database, log] = [nameOf(path), nameOf(`${path}-wal`)];
  if (database === undefined || log === undefined) return;
  const note = `${database} ${log}\n`;
  try {
    if (readNote(path) === note) return;
    rmSync(`${path}${SUFFIX}`, { force: true });
    const file = createOwnFile(`${path}${SUFFIX}`);
    writeSync(file, note);
    closeSync(file);
  } catch {
    // Another listener was quicker, or the folder takes nothing.
  }
}

/** For when the database is closed; where the log is still there, another process has it open. Never throws. */
export function forgetHeldFiles(path: string): void {
  try {
    if (nameOf(`${path}-wal`) === undefined) rmSync(`${path}${SUFFIX}`, { force: true });
  } catch {}
}

/** Whether the log at the path is known to belong to another file than the one that is at the path now. */
export function isLogOfAnother(path: string): boolean {
  const note = readNote(path);
  const [database, log] = [nameOf(path), nameOf(`${path}-wal`)];
  if (note === undefined || database === undefined || log === undefined) return false;
  const [heldDatabase, heldLog] = note.trim().split(" ");
  return heldLog === log && heldDatabase !== database;
}

/** Numbers of files are used again; together with the time when it was made it is this file and no later one. */
function nameOf(path: string): string | undefined {
  try {
    const found = statSync(path, { bigint: true, throwIfNoEntry: false });
    return found && `${found.dev}:${found.ino}:${found.birthtimeNs}`;
  } catch {
    return undefined;
  }
}

function readNote(path: string): string | undefined {
  try {
    const sizeBytes = checkOwnFile(`${path}${SUFFIX}`)?.size ?? Infinity;
    return sizeBytes > MOST_BYTES ? undefined : readFileSync(`${path}${SUFFIX}`, "utf8");
  } catch {
    return undefined;
  }
}
