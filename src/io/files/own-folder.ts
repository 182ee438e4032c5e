import { chmodSync, closeSync, fsyncSync, lstatSync, mkdirSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { otherOwner, refused } from "./own-file.ts";

const PRIVATE_MODE = 0o700;

/**
 * Makes a folder for its owner alone, whatever the umask says, or takes the one that is there: a real one of ours.
 * @returns whether it was made
 * @throws FILE_REFUSED, the system's error (ENOENT, EACCES)
 */
export function makeOwnFolder(path: string): boolean {
  const isNew = makeFolder(path);
  if (!isNew) closeOwnFolder(path);
  return isNew;
}

/**
 * Takes from others what they may do in a folder of ours; one that is not there is none.
 * @throws FILE_REFUSED, the system's error
 */
export function closeOwnFolder(path: string): void {
  if (((checkOwnFolder(path) ?? 0) & 0o077) !== 0) chmodSync(path, PRIVATE_MODE);
}

/**
 * Makes a folder for its owner alone where nothing of its name is there.
 * @returns whether it was made
 * @throws the system's error (ENOENT, EACCES)
 */
export function makeFolder(path: string): boolean {
  try {
    mkdirSync(path, { mode: PRIVATE_MODE });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
  if (checkOwnFolder(path) !== PRIVATE_MODE) chmodSync(path, PRIVATE_MODE);
  return true;
}

/**
 * Looks whether a folder is a real one and ours, or not there.
 * @returns its mode; undefined: there is none
 * @throws FILE_REFUSED, the system's error (ENOTDIR)
 */
export function checkOwnFolder(path: string): number | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return undefined;
  const oddity = found.isSymbolicLink() ? "it is a symbolic link" : found.isDirectory() ? undefined : "it is no folder";
  const reason = oddity ?? otherOwner(found);
  if (reason !== undefined) throw refused(path, reason);
  return found.mode & 0o777;
}

/** Whether there is such a folder. Never throws. */
export function isOwnFolder(path: string): boolean {
  try {
    return checkOwnFolder(path) !== undefined;
  } catch {
    return false;
  }
}

/** Makes a folder of mode 0700, parents included, so that a power cut does not take its name away again. */
export function makePrivateFolder(path: string): void {
  try {
    makeOne(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || path === dirname(path)) throw error;
    makePrivateFolder(dirname(path));
    makeOne(path);
  }
}

/** One level at a time: Node's recursive mkdir never returns where the system refuses new names (below /proc). */
function makeOne(path: string): void {
  // A link to a folder is as good as one: who may have put it there is looked at before.
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return;
  // False: another process was quicker, or there is a file; opening what lies below tells which.
  if (makeFolder(path)) syncFolder(dirname(path));
}

/**
 * Makes the names in a folder durable.
 * @throws the system's error (EIO)
 */
export function syncFolder(path: string): void {
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } catch (error) {
    // Windows and some network file systems cannot sync a folder, and need not.
    if (!["EPERM", "EINVAL", "EISDIR", "ENOTSUP"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  } finally {
    closeSync(folder);
  }
}
