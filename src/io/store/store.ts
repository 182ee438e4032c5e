import type { Body, BodySink } from "../../core/model/body.ts";
import { BodyCollector } from "../../core/model/body-collector.ts";
import type { Clock } from "../../core/model/clock.ts";
import { HookcliError } from "../../core/model/errors.ts";
import type { SpoolName } from "../../core/model/spool-name.ts";
import type { CapturedRequest, SentReply } from "../../core/model/request.ts";
import { closeOwnFolder } from "../files/own-folder.ts";
import { foldLog } from "../sqlite/fold-log.ts";
import { GroupCommit } from "../sqlite/group-commit.ts";
import { LogKeeper } from "../sqlite/log-keeper.ts";
import type { Database } from "../sqlite/open.ts";
import { Ballast } from "./ballast.ts";
import { checkBeside } from "./check-beside.ts";
import type { EndedAttempt, NewDelivery } from "./delivery-rows.ts";
import { Health } from "./health.ts";
import type { InsertedRequest, NewRequest } from "./new-request.ts";
import { openWithRoom } from "./open-with-room.ts";
import { openTables, StoreReader, type Tables } from "./reader.ts";
import type { RequestContext } from "./request-rows.ts";
import { APPLICATION_ID, migrations } from "./schema.ts";
import type { NewSession } from "./session-rows.ts";
import { LazyWrites } from "./lazy-writes.ts";
import { Spool } from "./spool.ts";
import { Upkeep } from "./upkeep.ts";

export type { InsertedRequest, NewRequest } from "./new-request.ts";

export interface StoreOptions {
  readonly path: string;
  readonly clock: Clock;
  /** Of this process; keeps the names of its body files apart from others'. */
  readonly pid: number;
  /** A listener never blocks its event loop on another process's lock; a command may. */
  readonly busyTimeoutMs: number;
  /** Syncs of the disk and folds of the log are made in other threads: the event loop never waits for the disk. */
  readonly sparesEventLoop?: boolean;
  /** Longest a write waits for another process's lock before it is given up. Default 30 s. */
  readonly busyPatienceMs?: number;
  /** Told when writing becomes impossible, and (with undefined) when it works again. */
  readonly onTrouble?: (trouble: HookcliError | undefined) => void;
}

const BUSY_PATIENCE_MS = 30_000;
/** Who mostly appends needs few pages again; the threads need the memory. */
const WRITERS_CACHE_KIB = 2048;
/** An outcome rides with the next request's commit, or gets its own after this long. */
const LAZY_DELAY_MS = 20;
/** A body file that no row names is a leftover only then: its request may be on its way into the store. */
const ORPHAN_AFTER_MS = 24 * 3_600_000;

/**
 * What hookcli keeps: one SQLite file, with a folder for large bodies and a ballast file beside it. A promise of a write
 * resolves when it is durable, and rejects with STORE_FULL, STORE_UNWRITABLE, STORE_CORRUPT or STORE_BUSY. Closed by
 * whoever opened it.
 */
export class Store {
  readonly path: string;
  /** What can be asked. */
  readonly read: StoreReader;
  readonly #clock: Clock;
  readonly #db: Database;
  readonly #log: LogKeeper | undefined;
  readonly #commits: GroupCommit;
  readonly #health: Health;
  readonly #spool: Spool;
  readonly #ballast: Ballast;
  readonly #tables: Tables;
  readonly #lazy: LazyWrites;
  #upkeep: Upkeep | undefined;
  #sessionId = 0;

  /** @throws what `openDatabase` throws, FILE_REFUSED where something that is not ours stands in the place of its files */
  constructor(options: StoreOptions) {
    const {
      path,
      clock,
      pid,
      busyTimeoutMs,
      busyPatienceMs = BUSY_PATIENCE_MS,
      onTrouble,
      sparesEventLoop = false,
    } = options;
    this.path = path;
    this.#clock = clock;
    checkBeside(path);
    this.#ballast = new Ballast(`${path}-ballast`);
    const file = { path, migrations, applicationId: APPLICATION_ID, busyTimeoutMs };
    this.#db = openWithRoom(sparesEventLoop ? { ...file, cacheKib: WRITERS_CACHE_KIB } : file, this.#ballast);
    closeOwnFolder(`${path}-bodies`);
    this.#spool = new Spool(`${path}-bodies`, { startedAtMs: clock.nowMs(), pid });
    this.#tables = openTables(this.#db, this.#spool);
    this.#health = new Health({
      path,
      busyPatienceMs,
      ballast: this.#ballast,
      checkpoint: () => foldLog(this.#db, path, "TRUNCATE"),
      probe: () => this.#tables.sessions.see(this.#sessionId, clock.nowMs()),
      onChange: (trouble) => {
        if (!trouble) this.#lazy.catchUp();
        onTrouble?.(trouble);
      },
    });
    this.read = new StoreReader(this.#db, this.#tables, (error) => this.#health.report(error));
    this.#log = sparesEventLoop ? new LogKeeper(this.#db, path, () => this.#commits) : undefined;
    this.#lazy = new LazyWrites({
      trouble: () => this.#health.trouble,
      write: async (run) => this.#commits.writeLazily(run),
    });
    this.#commits = new GroupCommit(this.#db, {
      lazyDelayMs: LAZY_DELAY_MS,
      busyPatienceMs,
      clock,
      explain: (error) => this.#health.report(error),
      ...this.#log?.committing,
    });
  }

  /** Undefined: the store takes writes. */
  get trouble(): HookcliError | undefined {
    return this.#health.trouble;
  }

  // Sessions

  /** The session that rows are written for; 0 before `beginSession`. */
  get sessionId(): number {
    return this.#sessionId;
  }

  /** Makes this process known; rows that are inserted after this call are its. Call once. */
  async beginSession(session: NewSession): Promise<number> {
    return this.#write(() => (this.#sessionId = this.#tables.sessions.insert(session)));
  }

  /** Settles what a killed session left: its running attempts read interrupted. */
  async endDeadSession(id: number): Promise<void> {
    await this.#write(() => this.#end(id));
  }

  /** Notes a connection of this session to another listener of this store: readable for it when the promise resolves. */
  async addLink(ends: string, trail: readonly number[]): Promise<void> {
    await this.#write(() => this.#tables.links.insert({ ends, trail, sessionId: this.#sessionId }));
  }

  /** The connection is gone. Rides with the next commit. */
  async removeLink(ends: string): Promise<void> {
    await this.#lazy.write(() => this.#tables.links.remove(ends, this.#sessionId));
  }

  // Requests

  /** Stores a request and, in the same commit, the deliveries that it sets off. */
  insertRequest(
    request: CapturedRequest,
    { deliveries = [], event = {}, parentId, reply }: NewRequest = {},
  ): Promise<InsertedRequest> {
    return this.#write(() => {
      // Not before: the session may be in the same commit.
      const occurrence = this.#tables.occurrences.next(request, event);
      const overtakenBy = this.#tables.overtaking.by(request, event);
      const context: RequestContext = { sessionId: this.#sessionId, event, occurrence, overtakenBy, parentId, reply };
      const id = this.#tables.requests.insert(request, context);
      const deliveryIds: number[] = [];
      for (const delivery of deliveries) {
        deliveryIds.push(this.#tables.deliveries.insert(id, context.sessionId, request.receivedAtMs, delivery));
      }
      return { request: { ...request, ...context, id }, deliveryIds };
    });
  }

  /** What a sender was told by a fault, whatever its handler did. Rides with the next commit. */
  setReply(requestId: number, reply: SentReply): Promise<void> {
    return this.#lazy.write(() => this.#tables.requests.setReply(requestId, reply));
  }

  // Deliveries

  /**
   * A delivery of a request that is already stored: a replay, or one that a fault held back.
   * @throws REQUEST_NOT_FOUND where it was removed meanwhile
   */
  async insertDelivery(requestId: number, delivery: NewDelivery): Promise<number> {
    return this.#write(() => {
      if (!this.#tables.requests.isThere(requestId))
        throw new HookcliError("REQUEST_NOT_FOUND", { reference: String(requestId), store: this.path });
      return this.#tables.deliveries.insert(requestId, this.#sessionId, this.#clock.nowMs(), delivery);
    });
  }

  /** Durable before the wire is touched. */
  async startAttempt(deliveryId: number, number: number, startedAtMs: number): Promise<void> {
    await this.#write(() => this.#tables.deliveries.startAttempt(deliveryId, number, startedAtMs));
  }

  /** Stores an attempt that has ended, and that the next one is about to touch the wire: durable before it does. */
  async startNextAttempt(ended: EndedAttempt, startedAtMs: number): Promise<void> {
    await this.#write(() => {
      this.#tables.deliveries.insertAttempt(ended);
      this.#tables.deliveries.startAttempt(ended.deliveryId, ended.number + 1, startedAtMs);
    });
  }

  /** Stores an attempt that has ended and settles its delivery. Rides with the next commit. */
  finishAttempt(attempt: EndedAttempt): Promise<void> {
    return this.#lazy.writeAttempt(attempt, (kept) => this.#tables.deliveries.finishAttempt(kept));
  }

  // Bodies, upkeep

  /** Removing, shrinking, measuring. */
  get upkeep(): Upkeep {
    this.#upkeep ??= new Upkeep({
      path: this.path,
      db: this.#db,
      tables: this.#tables,
      spool: this.#spool,
      ballast: this.#ballast,
      health: this.#health,
      clock: this.#clock,
      log: this.#log,
    });
    return this.#upkeep;
  }

  /** Opens a file for a body too large for the database. Its failure puts the store in trouble like a failed write. */
  async openSink(): Promise<BodySink> {
    return this.#spool.openSink();
  }

  /** A body that is here already, kept as if it had been captured: a large one in a file. */
  async keepBody(bytes: Uint8Array): Promise<Body> {
    const collector = new BodyCollector(Infinity, async () => this.openSink());
    await collector.add(bytes);
    return collector.finish();
  }

  /** A spool file could not be written; tells what that means. */
  reportSpoolFailure(error: unknown): unknown {
    return this.#health.report(error);
  }

  /** Takes the ballast and removes body files that no row names. For a listener, after it is up. Never rejects. */
  async tidy(): Promise<void> {
    this.#ballast.take();
    const isInUse = (name: SpoolName): boolean =>
      this.#tables.requests.usesFile(name) || this.#tables.deliveries.usesFile(name);
    await this.#spool.sweep(this.#clock.nowMs() - ORPHAN_AFTER_MS, isInUse);
  }

  /** The same as `close`, but a fold that is under way is waited for without blocking. */
  async end(): Promise<void> {
    await this.#log?.end();
    this.close();
  }

  /**
   * Commits what is queued, says that the session ended (what it has not finished reads interrupted), and closes the file.
   * Blocks for it.
   */
  close(): void {
    this.#health.close();
    this.#log?.close();
    this.#commits.close();
    try {
      if (this.#sessionId > 0 && !this.#health.trouble) this.#db.transaction(() => this.#end(this.#sessionId))();
    } catch {
      // A killed session looks the same, and readers cope with that.
    }
    this.#db.close();
  }

  #end(sessionId: number): void {
    this.#tables.deliveries.interrupt(sessionId);
    this.#tables.links.removeOf(sessionId);
    this.#tables.sessions.end(sessionId, this.#clock.nowMs());
  }

  #write<Result>(run: () => Result): Promise<Result> {
    return this.#health.trouble ? Promise.reject(this.#health.trouble) : this.#commits.write(run);
  }
}
