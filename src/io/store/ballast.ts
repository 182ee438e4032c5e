import { closeSync, fsyncSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { randomBytes } from "node:crypto";

const BALLAST_BYTES = 1024 * 1024;

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
        const bytes = randomBytes(BALLAST_BYTES);
        let written = 0;
        while (written < bytes.length) written += writeSync(file, bytes, written);
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
