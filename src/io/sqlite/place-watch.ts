import { closeSync, openSync, truncateSync } from "node:fs";
import { DatabaseImage, type Proof } from "./database-image.ts";
import { type FileIdentity, type FileMark, isSameFile, markOf, markOfOpen } from "./file-mark.ts";
import { type IndexState, isSameIndex, readIndex } from "./index-file.ts";
import { LogImage } from "./log-image.ts";

/**
 * What became of an open database's files. `removed`: nothing is at its path. `replaced`: another file is. `overwritten`: the
 * same file has other content, or less of it. `log-taken`: its log is not at its path any more. `log-damaged`: what is in
 * the log is not what was written. `index-taken`: the same for the log's index.
 */
export type Departure = "removed" | "replaced" | "overwritten" | "log-taken" | "log-damaged" | "index-taken";

/**
 * Something is wrong. Not sure: another process that folds the log at this moment would look the same. A damaged log is sure
 * where its index says the same before and after: the index is the last that a writer changes, and the first where the log
 * begins anew. To wait then would be harm: all of it may be folded meanwhile, holes and all, and the next commit hides it.
 */
export interface Suspicion {
  readonly departure: Departure;
  readonly isSure: boolean;
}

/** Which files a connection has open: whoever opens them again by their path must find the same ones. */
export interface OpenFiles {
  readonly database: FileIdentity;
  readonly log: FileIdentity;
  readonly index: FileIdentity;
}

/** What is at a path, for a connection that has just been opened there; undefined: not all of it is. */
export function filesAt(path: string): OpenFiles | undefined {
  const [database, log, index] = [markOf(path), markOf(`${path}-wal`), markOf(`${path}-shm`)];
  return database && log && index && { database, log, index };
}

/**
 * Tells whether the files that a connection has open are those at their paths, with the content that they should have.
 * SQLite itself never looks: it would go on writing to a file that nobody finds any more, or mix two of them. It holds
 * descriptors of its own, opened once: closing one gives up all locks that this process has on that file, so it is closed
 * after every connection of this process. Closed by whoever made it.
 */
export class PlaceWatch {
  readonly #path: string;
  readonly #databaseFile: number;
  readonly #logFile: number;
  readonly #database: FileIdentity;
  readonly #log: FileIdentity;
  readonly #index: FileIdentity;
  readonly #indexFile: number;
  /** False: this system does not show by the file what is in memory, so only the files themselves are looked at. */
  readonly #hasReadableIndex: boolean;
  readonly #image: DatabaseImage;
  readonly #logImage: LogImage;
  #indexBytes = 0;
  #isFolding = false;

  /** For a connection that has read: its log is there. */
  constructor(path: string, applicationId: number) {
    this.#path = path;
    this.#databaseFile = openSync(path, "r");
    this.#logFile = openSync(`${path}-wal`, "r+");
    this.#database = markOfOpen(this.#databaseFile);
    this.#log = markOfOpen(this.#logFile);
    this.#indexFile = openSync(`${path}-shm`, "r");
    this.#index = markOfOpen(this.#indexFile);
    this.#hasReadableIndex = readIndex(this.#indexFile) !== undefined;
    this.#logImage = new LogImage(this.#logFile);
    this.#image = new DatabaseImage(this.#databaseFile, this.#logFile, applicationId);
    this.look();
  }

  /** What the connection has open. */
  get files(): OpenFiles {
    return { database: this.#database, log: this.#log, index: this.#index };
  }

  /** Of the log; whoever reads or cuts it there takes no lock away. */
  get logFile(): number {
    return this.#logFile;
  }

  /** The database as it is, wherever it is. */
  get databaseMark(): FileMark {
    return markOfOpen(this.#databaseFile);
  }

  /** Undefined: all is in its place. Some ten calls of the system, and no lock. */
  look(): Suspicion | undefined {
    const mark = markOf(this.#path);
    if (!mark) return sure("removed");
    if (!isSameFile(mark, this.#database)) return sure("replaced");
    if (!this.#isIndexThere()) return sure("index-taken");
    const log = readIndex(this.#indexFile);
    const content = this.#hasReadableIndex ? this.#judge(mark, log) : undefined;
    if (content?.departure === "overwritten") return content;
    if (!isSameFile(markOf(`${this.#path}-wal`), this.#log)) return sure(content ? "log-damaged" : "log-taken");
    return content;
  }

  #judge(mark: FileMark, log: IndexState | undefined): Suspicion | undefined {
    const database = this.#isFolding ? "here" : this.#image.judge(mark, log);
    if (database !== "here") return { departure: "overwritten", isSure: database === "overwritten" };
    if (log && this.#logImage.isWhole(log)) return undefined;
    return { departure: "log-damaged", isSure: log !== undefined && isSameIndex(log, readIndex(this.#indexFile)) };
  }

  /** From now on this is committed: another store, or an older state of this one, does not have it. */
  expect(proof: Proof): void {
    this.#image.expect(proof);
  }

  /** Whether the next commit begins the log anew: then it has to be looked at once more right after it. */
  get isLogFolded(): boolean {
    return this.#hasReadableIndex && this.#image.hasAll;
  }

  /** This process folds the log: the database changes until `foldEnded`. */
  foldBegan(): void {
    this.#isFolding = true;
  }

  foldEnded(): void {
    this.#isFolding = false;
  }

  /** For when no connection of this process has these files open any more. */
  close(): void {
    closeSync(this.#databaseFile);
    closeSync(this.#logFile);
    closeSync(this.#indexFile);
  }

  /**
   * SQLite has the index in its memory, and whoever touches a part of it that was cut off is ended by the system. So it gets its
   * length back first: what is blank there, SQLite makes anew.
   */
  #isIndexThere(): boolean {
    const index = markOf(`${this.#path}-shm`);
    if (!index || !isSameFile(index, this.#index)) return false;
    if (index.sizeBytes < this.#indexBytes) {
      truncateSync(`${this.#path}-shm`, this.#indexBytes);
      return false;
    }
    this.#indexBytes = index.sizeBytes;
    return true;
  }
}

function sure(departure: Departure): Suspicion {
  return { departure, isSure: true };
}
