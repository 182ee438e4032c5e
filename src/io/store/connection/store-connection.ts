import type { Clock } from "../../../core/model/clock.ts";
import type { HookcliError } from "../../../core/model/errors.ts";
import { closeOwnFolder } from "../../files/own-folder.ts";
import { movedError, refuseOtherFiles } from "../../sqlite/departure-words.ts";
import { type FileMark, isSameFile, markOf } from "../../sqlite/file-mark.ts";
import { foldLog } from "../../sqlite/fold-log.ts";
import { GroupCommit } from "../../sqlite/group-commit.ts";
import { forgetHeldFiles, noteHeldFiles } from "../../sqlite/held-files.ts";
import { LogKeeper } from "../../sqlite/log-keeper.ts";
import { PlaceGuard } from "../../sqlite/place-guard.ts";
import { type Departure, filesAt, type OpenFiles, PlaceWatch } from "../../sqlite/place-watch.ts";
import type { Ballast } from "../disk/ballast.ts";
import { type LeftFiles, leaveFiles } from "../disk/leave-files.ts";
import { checkBeside } from "../disk/check-beside.ts";
import { openWithRoom } from "../disk/open-with-room.ts";
import { APPLICATION_ID, migrations } from "../rows/schema.ts";
import type { NewSession } from "../rows/session-rows.ts";
import type { Spool } from "../disk/spool.ts";
import type { Database } from "../../sqlite/database.ts";
import { openTables, type Tables } from "../rows/tables.ts";

export interface ConnectionOptions {
  readonly path: string;
  readonly clock: Clock;
  readonly spool: Spool;
  readonly ballast: Ballast;
  readonly busyTimeoutMs: number;
  readonly busyPatienceMs: number;
  /** Of a listener: syncs and folds beside the event loop, and files that are watched. */
  readonly sparesEventLoop: boolean;
  /** Turns a failure into what writes are rejected with. */
  readonly explain: (error: unknown) => unknown;
  /** Told once, where the files are not in their place any more. @returns what everyone is told from then on */
  readonly onDeparture: (departure: Departure) => HookcliError;
  /** A log without its database is put aside, and told. Undefined: STORE_MOVED. */
  readonly onAside?: ((log: string) => void) | undefined;
}

/** Who mostly appends needs few pages again; the threads need the memory. */
const WRITERS_CACHE_KIB = 2048;
/** An outcome rides with the next request's commit, or gets its own after this long. */
const LAZY_DELAY_MS = 20;
const SESSION_PAGES = "SELECT pageno FROM dbstat WHERE name = 'sessions'";

/**
 * One open database with its statements and its commits. A store has one at a time, and another one after its files were
 * taken away. Closed by whoever opened it.
 */
export class StoreConnection {
  readonly db: Database;
  readonly tables: Tables;
  readonly commits: GroupCommit;
  /** Undefined: COMMIT is durable, and folds block. */
  readonly log: LogKeeper | undefined;
  readonly path: string;
  /** What it has open; undefined where that could not be told. */
  readonly files: OpenFiles | undefined;
  readonly #watch: PlaceWatch | undefined;
  readonly #guard: PlaceGuard | undefined;
  #isOpen = true;
  #left: LeftFiles | undefined;

  /** @throws what `openDatabase` throws */
  constructor(options: ConnectionOptions) {
    const { spool, ballast, busyTimeoutMs, busyPatienceMs, sparesEventLoop } = options;
    const { path } = options;
    this.path = path;
    checkBeside(path);
    const before = markOf(path);
    const file = { path, migrations, applicationId: APPLICATION_ID, busyTimeoutMs };
    const aside = options.onAside && { onAside: options.onAside };
    const cache = sparesEventLoop ? { cacheKib: WRITERS_CACHE_KIB } : {};
    this.db = openWithRoom({ ...file, ...aside, ...cache }, ballast);
    try {
      closeOwnFolder(spool.folder);
      refuseExchanged(path, before);
      this.tables = openTables(this.db, spool);
      this.files = filesAt(path);
      this.#watch = sparesEventLoop ? new PlaceWatch(path, APPLICATION_ID) : undefined;
      if (this.#watch) noteHeldFiles(path);
    } catch (error) {
      this.db.close();
      throw error;
    }
    this.#guard = this.#watch && guardOf(this.#watch, options);
    const commits = (): GroupCommit => this.commits;
    this.log = sparesEventLoop ? new LogKeeper({ db: this.db, path, commits, guard: this.#guard }) : undefined;
    this.commits = new GroupCommit(this.db, {
      lazyDelayMs: LAZY_DELAY_MS,
      busyPatienceMs,
      clock: options.clock,
      explain: options.explain,
      ...this.log?.committing,
    });
  }

  /** Somebody looks all the time whether its files are in their place. */
  get isWatched(): boolean {
    return this.#watch !== undefined;
  }

  /** Its files are in its place, as far as anybody has looked, and it takes writes and questions. */
  get isUsable(): boolean {
    return this.#isOpen && !this.#left && !this.#guard?.departed;
  }

  /** The session of this process is stored: by it another store, or an older copy of this one, is told from it. */
  expectSession({ startedAtMs }: Pick<NewSession, "startedAtMs">): void {
    const pages = (): number[] => this.db.prepare<[], number>(SESSION_PAGES).pluck().all();
    // As SQLite writes it: a whole number of this size takes six bytes.
    const bytes = Buffer.alloc(6);
    if (startedAtMs < 2 ** 31 || startedAtMs >= 2 ** 47) return;
    bytes.writeUIntBE(startedAtMs, 0, bytes.length);
    this.#watch?.expect({ bytes, pages });
  }

  /** Looks whether the files are in their place. @throws what `onDeparture` gave; where nobody watches, STORE_MOVED */
  look(): void {
    if (this.#guard) this.#guard.isHere();
    else refuseOtherFiles(this.path, this.files);
  }

  /** The same before an acknowledgement: at most a moment old. Undefined: all is well. @throws what `onDeparture` gave */
  vouch(): Promise<void> | undefined {
    return this.#guard?.vouch();
  }

  /** Folds the log on this thread. @throws SQLite's error, what `onDeparture` gave */
  fold(): void {
    if (this.#guard?.isHere() !== false) foldLog(this.db, this.path, "TRUNCATE");
  }

  /**
   * Ends the use of files that are not in their place: nothing is written any more, and what others may open by the path
   * finds none of our log there. The files stay open until `close`.
   */
  leave(departure: Departure, trouble: HookcliError): LeftFiles | undefined {
    if (!this.#watch) return undefined;
    this.commits.abandon(trouble);
    this.#guard?.close();
    this.#left ??= leaveFiles({ path: this.path, watch: this.#watch, departure });
    return this.#left;
  }

  /** Resolves when no thread uses the files any more. */
  async end(): Promise<void> {
    await this.log?.end();
  }

  /** Commits what is queued; from now on COMMIT blocks until it is durable. */
  finish(): void {
    this.#guard?.close();
    this.log?.close();
    this.commits.close();
  }

  /** The same, and closes the files; SQLite folds the log where it may. After `end`, where files were left. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    try {
      this.finish();
    } catch {
      // What was taken away answers nothing any more.
    }
    this.db.close();
    if (!this.#watch) return;
    // Only now: it gives up the locks that this process has on the file.
    this.#watch.close();
    forgetHeldFiles(this.path);
  }
}

function guardOf(watch: PlaceWatch, { clock, spool, onDeparture }: ConnectionOptions): PlaceGuard {
  return new PlaceGuard({ watch, clock, onDeparture, onLook: () => spool.look() });
}

/** Somebody put another file there in between, so nobody knows which one is open. */
function refuseExchanged(path: string, before: FileMark | undefined): void {
  if (before && !isSameFile(before, markOf(path))) throw movedError(path, "replaced");
}
