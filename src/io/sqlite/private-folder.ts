import { closeSync, fsyncSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { makeFolder } from "../files/own-folder.ts";

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
