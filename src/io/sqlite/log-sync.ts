import { closeSync, fdatasync, openSync } from "node:fs";
import { promisify } from "node:util";
import { foldLog } from "./fold-log.ts";
import type { Database } from "./database.ts";

export interface LogSyncOptions {
  readonly db: Database;
  readonly path: string;
  /** Makes the content of an open file durable. Default: the system's. */
  readonly syncFile?: (file: number) => Promise<void>;
  /** False: nothing may be written into the database now. Default: always. */
  readonly mayFold?: () => boolean;
}

/**
 * Makes commits durable without blocking the thread: SQLite's own sync of the log (`synchronous = FULL`) is taken out of
 * COMMIT, and made here after it by the thread pool. A disk may take some 100 ms for a sync that mostly takes 0.2 ms.
 * Whoever commits tells nobody before `sync` has resolved. Closed by whoever made it.
 */
export class LogSync {
  readonly #options: LogSyncOptions;
  readonly #syncFile: (file: number) => Promise<void>;
  readonly #file: number;
  #isDoubtful = false;
  #isClosed = false;
  #underWay = 0;

  /** From now on COMMIT on this connection does not sync, until `close`. */
  constructor(options: LogSyncOptions) {
    this.#options = options;
    this.#syncFile = options.syncFile ?? promisify(fdatasync);
    // It stays the same file for as long as the connection is open.
    this.#file = openSync(`${options.path}-wal`, "r+");
    options.db.pragma("synchronous = NORMAL");
  }

  /**
   * Resolves when everything that is committed is durable.
   * @throws the system's error (EIO), SQLite's error
   */
  async sync(): Promise<void> {
    if (this.#isDoubtful) return this.#startAnew();
    this.#underWay += 1;
    try {
      await this.#syncFile(this.#file);
    } catch (error) {
      this.#isDoubtful = true;
      throw error;
    } finally {
      this.#underWay -= 1;
      this.#closeFile();
    }
  }

  /** COMMIT syncs again, and what was committed before it too. */
  close(): void {
    if (this.#isClosed) return;
    this.#options.db.pragma("synchronous = FULL");
    this.#isClosed = true;
    this.#closeFile();
  }

  /**
   * A system may forget what it failed to write, and say at the next sync that all is well. What is committed behind such a
   * gap in the log would not be found after a power cut; so first all of it must be in the database, and the log empty.
   */
  #startAnew(): void {
    const { db, path, mayFold } = this.#options;
    if (mayFold?.() === false || !foldLog(db, path, "TRUNCATE"))
      throw Object.assign(new Error("the log is in doubt"), { code: "EIO" });
    this.#isDoubtful = false;
  }

  #closeFile(): void {
    if (this.#isClosed && this.#underWay === 0) closeSync(this.#file);
  }
}
