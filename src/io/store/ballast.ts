import { closeSync, fsyncSync, openSync, rmSync, statSync, writeSync } from "node:fs";

const BALLAST_BYTES = 1024 * 1024;
/** The most that one call gives. */
const RANDOM_BYTES = 65_536;

/**
 * A file of 1 MiB beside the database that is given up when the disk is full: SQLite needs a little room even to delete
 * rows or to fold the write-ahead log, and this is it.
 */
export class Ballast {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  isThere(): boolean {
    return (statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0) >= BALLAST_BYTES;
  }

  /** Takes the room. False where there is not enough; never throws. Random bytes: a file system may not store zeros. */
  take(): boolean {
    try {
      if (this.isThere()) return true;
      const file = openSync(this.#path, "w", 0o600);
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
      rmSync(this.#path, { force: true });
    } catch {}
  }
}
