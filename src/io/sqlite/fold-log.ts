import { statfsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { Database } from "./database.ts";

/**
 * `PASSIVE` waits for nobody, `FULL` lets nobody write until all of it is folded, `TRUNCATE` also waits until nobody reads
 * from the log any more and empties its file.
 */
export type FoldMode = "PASSIVE" | "FULL" | "TRUNCATE";

/**
 * Folds the write-ahead log into the database, as far as nobody reads the old pages. Not where the disk has no room for what
 * the database would grow by: a fold that ends half way has eaten the room that was left, and brought none.
 * @returns whether all of it is folded
 */
export function foldLog(db: Database, path: string, mode: FoldMode): boolean {
  if (growthBytes(db, path) > freeBytes(path)) return false;
  const [result] = db.pragma(`wal_checkpoint(${mode})`) as [CheckpointResult];
  return result.busy === 0 && result.log === result.checkpointed;
}

/** How far a log has come. */
export interface LogPosition {
  /** Pages in it. */
  readonly frames: number;
  /** How many of them are in the database. */
  readonly folded: number;
}

/** Tells, each time it is called, how many pages are in the log only. Costs next to nothing, and folds nothing. */
export function logGauge(db: Database): () => number {
  const state = db.prepare<[], CheckpointResult>("PRAGMA wal_checkpoint(NOOP)");
  return () => {
    const { log = 0, checkpointed = 0 } = state.get() ?? {};
    return log - checkpointed;
  };
}

/** What `PRAGMA wal_checkpoint` answers: pages in the log, and how many of them are in the database. */
interface CheckpointResult {
  readonly busy: number;
  readonly log: number;
  readonly checkpointed: number;
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
