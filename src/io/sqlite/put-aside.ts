import { closeSync, readSync, renameSync, rmSync, writeSync } from "node:fs";
import { createOwnFile } from "../files/own-file.ts";
import { isSameFile, markOf, markOfOpen } from "./file-mark.ts";
import type { OpenFiles } from "./place-watch.ts";

const COPIED_BYTES = 1024 * 1024;

/**
 * The first free name under which what belongs to a database is kept that is not at its path any more: whoever gives that
 * database the same name has all of it together again.
 */
export function asideName(path: string): string {
  for (let count = 1; ; count += 1) {
    const name = `${path}.aside-${count}`;
    if (!markOf(name) && !markOf(`${name}-wal`)) return name;
  }
}

/**
 * Takes a log and its index away from a path, where they are still those: whoever opens the path next must not take them for
 * its own. The log is kept under another name, the index is of no use to anybody.
 * @param files those that may be taken away; undefined: whichever are there
 * @returns the log's new path; undefined: there was none, or an empty one
 */
export function moveLogAside(path: string, files: OpenFiles | undefined): string | undefined {
  if (!files || isSameFile(markOf(`${path}-shm`), files.index)) rmSync(`${path}-shm`, { force: true });
  const there = markOf(`${path}-wal`);
  if (!there || (files && !isSameFile(there, files.log))) return undefined;
  if (there.sizeBytes === 0) {
    rmSync(`${path}-wal`, { force: true });
    return undefined;
  }
  const aside = `${asideName(path)}-wal`;
  renameSync(`${path}-wal`, aside);
  return aside;
}

/**
 * Copies a log that a connection has open to a place beside it.
 * @returns where; undefined: it held nothing
 */
export function copyLog(path: string, logFile: number): string | undefined {
  if (markOfOpen(logFile).sizeBytes === 0) return undefined;
  const aside = `${asideName(path)}-wal`;
  copyOpen(logFile, aside);
  return aside;
}

/** Through the descriptor that is open: to open and close another one could give up locks. */
function copyOpen(file: number, to: string): void {
  const copy = createOwnFile(to);
  try {
    const piece = Buffer.allocUnsafe(COPIED_BYTES);
    for (let at = 0; ;) {
      const read = readSync(file, piece, 0, piece.length, at);
      if (read === 0) return;
      for (let written = 0; written < read;) written += writeSync(copy, piece, written, read - written);
      at += read;
    }
  } finally {
    closeSync(copy);
  }
}
