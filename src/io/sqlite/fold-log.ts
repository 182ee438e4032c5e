import { statfsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { Database } from "./open.ts";

/**
 * Folds the write-ahead log into the database, as far as nobody reads the old pages; `TRUNCATE` empties its file too. Not
 * where the disk has no room for what the database would grow by: a fold that ends half way has eaten the room that was
 * left, and brought none.
 * @returns whether it was tried
 */
export function foldLog(db: Database, path: string, mode: "PASSIVE" | "TRUNCATE"): boolean {
  if (growthBytes(db, path) > freeBytes(path)) return false;
  db.pragma(`wal_checkpoint(${mode})`);
  return true;
}

/** What the database's file lacks of its pages: they are in the log only. */
function growthBytes(db: Database, path: string): number {
  const pragma = (name: string): number => Number(db.pragma(name, { simple: true }));
  const isBytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return pragma("page_count") * pragma("page_size") - isBytes;
}

function freeBytes(path: string): number {
  try {
    const { bavail, bsize } = statfsSync(dirname(path));
    return bavail * bsize;
  } catch {
    // A file system that does not tell.
    return Infinity;
  }
}
