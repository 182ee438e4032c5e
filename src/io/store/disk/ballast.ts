import { closeSync, fsyncSync, unlinkSync, writeSync } from "node:fs";
import { checkOwnFile, createOwnFile } from "../../files/own-file.ts";

const BALLAST_BYTES = 1024 * 1024;
/** The most that one call gives. */
const RANDOM_BYTES = 65_536;

/**
 * A file of 1 MiB beside the database that is given up when the disk is full: SQLite needs a little room even to delete
 * rows or to fold the write-ahead log, and this is it. What stands there and is no file of ours is neither written nor removed.
 */
export class Ballast {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Never throws. */
  isThere(): boolean {
    return this.#sizeBytes() >= BALLAST_BYTES;
  }

  /** Takes the room. False where there is not enough; never throws. Random bytes: a file system may not store zeros. */
  take(): boolean {
    try {
      if (this.isThere()) return true;
      // What was taken in part only.
      this.release();
      const file = createOwnFile(this.#path);
      try {
        for (let left = BALLAST_BYTES; left > 0;) {
          left -= writeSync(file, crypto.getRandomValues(new Uint8Array(Math.min(left, RANDOM_BYTES))));
        }
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      return true;
    } catch {
      this.release();
      return false;
    }
  }

  /** Gives the room back. Never throws. */
  release(): void {
    try {
      if (this.#sizeBytes() >= 0) unlinkSync(this.#path);
    } catch {}
  }

  /** -1: there is none of ours. */
  #sizeBytes(): number {
    try {
      return checkOwnFile(this.#path)?.size ?? -1;
    } catch {
      return -1;
    }
  }
}
