import { statSync } from "node:fs";
import type { Clock } from "../../../core/model/clock.ts";
import type { SpoolName } from "../../../core/model/body.ts";
import { sqliteFailure } from "../../sqlite/failure.ts";
import { foldLog } from "../../sqlite/fold-log.ts";
import { HookcliError } from "../../../core/model/errors.ts";
import { movedError } from "../../sqlite/departure-words.ts";
import type { Ballast } from "../disk/ballast.ts";
import type { Health } from "../disk/health.ts";
import { type EventKey, RetentionRows } from "./retention-rows.ts";
import type { Spool } from "../disk/spool.ts";
import type { StoreConnection } from "../connection/store-connection.ts";
import { type BodyFindings, findBodies, type StoreFacts, storeFacts } from "./store-facts.ts";

/** What a removal did, or would do. */
export interface Removal {
  readonly requests: number;
  readonly deliveries: number;
  readonly attempts: number;
  /** Of bodies and responses, as far as they were stored. */
  readonly bodyBytes: number;
  /** Left: a delivery of theirs waits or is under way. */
  readonly busy: readonly number[];
}

/** One slice of a removal. */
export interface RemovedSlice extends Removal {
  /** Files that nobody needs now; gone with `removeFiles`. */
  readonly files: readonly SpoolName[];
  /** Ids that were not looked at, because the time was up. */
  readonly untouched: readonly number[];
}

export interface StoreSizes {
  readonly databaseBytes: number;
  readonly logBytes: number;
  /** Of all files in the body folder. */
  readonly bodyBytes: number;
}

export interface UpkeepOptions {
  /** A listener's has a log of its own: its event loop does not wait for the disk. Elsewhere folds block. */
  readonly connection: Pick<StoreConnection, "path" | "db" | "tables" | "log" | "isUsable">;
  readonly spool: Spool;
  readonly ballast: Ballast;
  readonly health: Health;
  readonly clock: Clock;
}

/** An event's id outlives its request for this long after it came: longer than any provider repeats it. */
export const EVENT_MEMORY_MS = 72 * 3_600_000;
/** More rows than this never share a transaction. */
export const MOST_ROWS = 200;

/**
 * Makes the store smaller. Each call is one short transaction of its own that blocks the thread; who calls it in a process
 * that has more to do keeps the portions small and rests in between. Throws STORE_FULL (the ballast is then given up, so
 * that the next try has room), STORE_BUSY, STORE_UNWRITABLE, STORE_CORRUPT, STORE_MOVED.
 */
export class Upkeep {
  readonly #options: UpkeepOptions;
  readonly #rows: RetentionRows;
  /** Set while the log is not folded by itself. */
  #foldingPages: number | undefined;

  constructor(options: UpkeepOptions) {
    this.#options = options;
    const { db, tables } = options.connection;
    this.#rows = new RetentionRows(db, tables.changes);
  }

  /** What can be asked about what may go. */
  get find(): Pick<RetentionRows, "edges" | "idsBetween" | "timesAfter" | "newestIds" | "isBusy" | "worthOf"> {
    this.#usable();
    return this.#rows;
  }

  /**
   * Removes requests with bodies, deliveries and attempts; the ids of their events are remembered. Those with a running
   * delivery are left, those that are not there are passed over.
   * @param mayTakeMs after this time it takes no further one
   */
  remove(ids: readonly number[], mayTakeMs = Infinity): RemovedSlice {
    const { clock } = this.#options;
    const portion = ids.slice(0, MOST_ROWS);
    return this.#write(() => {
      const until = clock.monotonicMs() + mayTakeMs;
      const sums = { requests: 0, deliveries: 0, attempts: 0, bodyBytes: 0 };
      const [busy, files]: [number[], SpoolName[]] = [[], []];
      let done = 0;
      for (const id of portion) {
        if (done > 0 && clock.monotonicMs() >= until) break;
        done += 1;
        if (this.#rows.isBusy(id)) {
          busy.push(id);
          continue;
        }
        const removed = this.#rows.remove(id, clock.nowMs() - EVENT_MEMORY_MS);
        if (!removed) continue;
        sums.requests += 1;
        sums.deliveries += removed.deliveries;
        sums.attempts += removed.attempts;
        sums.bodyBytes += removed.bodyBytes;
        files.push(...removed.files);
      }
      return { ...sums, busy, files, untouched: ids.slice(done) };
    });
  }

  /** Removes body files that no row names. A file that stays is swept later. */
  async removeFiles(names: readonly SpoolName[]): Promise<void> {
    if (names.length > 0) await this.#sync();
    const { spool } = this.#options;
    const { tables } = this.#usable();
    const unused = names.filter((name) => !tables.requests.usesFile(name) && !tables.deliveries.usesFile(name));
    await Promise.all(unused.map((name) => spool.remove(name)));
  }

  /**
   * Forgets events that are too old to matter, among the next `limit` of them.
   * @returns where to go on; undefined: these were the last
   */
  forgetEvents(after: EventKey, limit: number): EventKey | undefined {
    const beforeMs = this.#options.clock.nowMs() - EVENT_MEMORY_MS;
    return this.#write(() => this.#rows.forgetEvents(beforeMs, after, limit));
  }

  /** Gives at most so many unused pages back. @returns how many unused ones are left */
  vacuum(pages: number): number {
    return this.#guard(() => {
      this.#usable().db.pragma(`incremental_vacuum(${pages})`);
      return this.freePages;
    });
  }

  /** Folds the log into the database where the disk has room for it; `truncate` empties the log's file too. */
  async checkpoint(truncate = false): Promise<void> {
    const { db, log, path } = this.#usable();
    const mode = truncate ? "TRUNCATE" : "PASSIVE";
    if (log) await log.fold(mode);
    else this.#guard(() => foldLog(db, path, mode));
  }

  /**
   * SQLite folds a long log by itself with any commit, also where the disk has no room for it, and then uses up what the
   * ballast has made. Until `resumeFolding` only `checkpoint` does.
   */
  pauseFolding(): void {
    this.#foldingPages ??= this.#pragma("wal_autocheckpoint");
    this.#usable().db.pragma("wal_autocheckpoint = 0");
  }

  resumeFolding(): void {
    const { db, isUsable } = this.#options.connection;
    if (this.#foldingPages !== undefined && isUsable) db.pragma(`wal_autocheckpoint = ${this.#foldingPages}`);
    this.#foldingPages = undefined;
  }

  get freePages(): number {
    return this.#pragma("freelist_count");
  }

  /** Bytes of the database that are in use: its size once it is folded and vacuumed. */
  get usedBytes(): number {
    return (this.#pragma("page_count") - this.freePages) * this.#pragma("page_size");
  }

  async sizes(): Promise<StoreSizes> {
    const { spool, connection } = this.#options;
    const { path } = connection;
    const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    const files = await spool.files();
    const bodyBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    return { databaseBytes: sizeOf(path), logBytes: sizeOf(`${path}-wal`), bodyBytes };
  }

  /** Counts what is stored. */
  facts(): StoreFacts {
    return this.#guard(() => storeFacts(this.#usable().db));
  }

  /** Holds the rows against the body folder. */
  async findBodies(): Promise<BodyFindings> {
    return findBodies(this.#usable().db, this.#options.spool);
  }

  /** Takes the room for bad times back. Never throws. */
  takeBallast(): void {
    this.#options.ballast.take();
  }

  #pragma(name: string): number {
    return Number(this.#usable().db.pragma(name, { simple: true }));
  }

  /** @throws STORE_MOVED where the files that this is about were taken away, also when another store is open by now */
  #usable(): UpkeepOptions["connection"] {
    const { connection, health } = this.#options;
    if (connection.isUsable) return connection;
    throw health.trouble ?? movedError(connection.path, "replaced");
  }

  /** After a power cut no row may be back without its file. */
  async #sync(): Promise<void> {
    const { health } = this.#options;
    try {
      await this.#usable().log?.sync();
    } catch (error) {
      throw health.report(error);
    }
  }

  #write<Result>(run: () => Result): Result {
    return this.#guard(() => this.#usable().db.transaction(run).immediate());
  }

  /** A full disk is no reason to stop here, it is the reason to go on; a damaged file is never written. */
  #guard<Result>(run: () => Result): Result {
    const { health } = this.#options;
    if (health.trouble?.code === "STORE_CORRUPT") throw health.trouble;
    try {
      return run();
    } catch (error) {
      throw error instanceof HookcliError || sqliteFailure(error) === "bug" ? error : health.report(error);
    }
  }
}
