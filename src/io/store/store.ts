import type { Body, BodySink, SpoolName } from "../../core/model/body.ts";
import { BodyCollector } from "../../core/model/body-collector.ts";
import type { Clock } from "../../core/model/clock.ts";
import { HookcliError } from "../../core/model/errors.ts";
import type { CapturedRequest, SentReply, StoredRequest } from "../../core/model/request.ts";
import { bodiesTakenText, loneLogText } from "../sqlite/departure-words.ts";
import type { OpenFiles } from "../sqlite/place-watch.ts";
import { Ballast } from "./disk/ballast.ts";
import { CurrentConnection } from "./connection/current-connection.ts";
import type { EndedAttempt, NewDelivery, Settlement, StartedAttempt } from "./rows/new-delivery.ts";
import type { InsertedRequest, NewRequest } from "./rows/new-request.ts";
import { StoreReader } from "./reader.ts";
import type { RequestContext } from "./rows/request-columns.ts";
import type { NewSession } from "./rows/session-rows.ts";
import { Spool } from "./disk/spool.ts";
import type { StoreConnection } from "./connection/store-connection.ts";
import { Upkeep } from "./upkeep/upkeep.ts";
import type { Tables } from "./rows/tables.ts";
import type { StoreOptions } from "./store-options.ts";

export type { InsertedRequest, NewRequest } from "./rows/new-request.ts";
export type { StoreOptions } from "./store-options.ts";

const BUSY_PATIENCE_MS = 30_000;
/** A body file that no row names is a leftover only then: its request may be on its way into the store. */
const ORPHAN_AFTER_MS = 24 * 3_600_000;

/**
 * What hookcli keeps: one SQLite file, with a folder for large bodies and a ballast file beside it. A promise of a write
 * resolves when it is durable, and rejects with STORE_FULL, STORE_UNWRITABLE, STORE_CORRUPT, STORE_MOVED or STORE_BUSY.
 * Where an id is given back after a while, it comes with the `epoch` that it was given in. Closed by whoever opened it.
 */
export class Store {
  readonly path: string;
  /** What can be asked. */
  readonly read: StoreReader;
  readonly #clock: Clock;
  readonly #current: CurrentConnection;
  readonly #spool: Spool;
  readonly #ballast: Ballast;
  #upkeep: { readonly of: StoreConnection; readonly upkeep: Upkeep } | undefined;
  #sessionId = 0;

  /** @throws what `openDatabase` throws, FILE_REFUSED where something that is not ours stands in the place of its files */
  constructor(options: StoreOptions) {
    const { path, clock, pid, busyTimeoutMs, onTrouble, onReopened, onNotice } = options;
    const { busyPatienceMs = BUSY_PATIENCE_MS, sparesEventLoop = false } = options;
    this.path = path;
    this.#clock = clock;
    this.#ballast = new Ballast(`${path}-ballast`);
    const bodies = `${path}-bodies`;
    const writer = { startedAtMs: clock.nowMs(), pid };
    this.#spool = new Spool(bodies, writer, () => onNotice?.(bodiesTakenText(bodies)));
    this.#current = new CurrentConnection({
      path,
      clock,
      busyTimeoutMs,
      busyPatienceMs,
      sparesEventLoop,
      onAside: sparesEventLoop ? (log) => onNotice?.(loneLogText(path, log)) : undefined,
      spool: this.#spool,
      ballast: this.#ballast,
      onTrouble: (trouble) => onTrouble?.(trouble),
      onReopened: (text) => {
        this.#sessionId = 0;
        onReopened?.(text);
      },
      probe: ({ sessions }) => sessions.see(this.#sessionId, clock.nowMs()),
    });
    this.read = new StoreReader(
      () => this.#current.usable,
      (error) => this.#current.explain(error),
    );
  }

  /** Undefined: the store takes writes. */
  get trouble(): HookcliError | undefined {
    return this.#current.trouble;
  }

  /** Which time the store was opened, counted from 1: again where its files were taken away. Ids of one mean nothing in another. */
  get epoch(): number {
    return this.#current.epoch;
  }

  /** What is open, for whoever opens it a second time; undefined where that could not be told. */
  get files(): OpenFiles | undefined {
    return this.#current.usable.files;
  }

  /** Looks whether what is open is what is at the path. @throws STORE_MOVED */
  look(): void {
    this.#current.look();
  }

  // Sessions

  /** The session that rows are written for; 0 before `beginSession`. */
  get sessionId(): number {
    return this.#sessionId;
  }

  /** Makes this process known; rows that are inserted after this call are its. Call once in an epoch. */
  async beginSession(session: NewSession): Promise<number> {
    const id = await this.#current.write(({ sessions }) => (this.#sessionId = sessions.insert(session)));
    this.#current.usable.expectSession(session);
    return id;
  }

  /** Settles what a killed session left: its running attempts read interrupted. */
  async endDeadSession(id: number): Promise<void> {
    await this.#current.write((tables) => this.#end(id, tables));
  }

  /** Notes a connection of this session to another listener of this store: readable for it when the promise resolves. */
  async addLink(ends: string, trail: readonly number[]): Promise<void> {
    await this.#current.write(({ links }) => links.insert({ ends, trail, sessionId: this.#sessionId }));
  }

  /** The connection is gone. Rides with the next commit. */
  async removeLink(ends: string): Promise<void> {
    await this.#current.writeLazily(({ links }) => links.remove(ends, this.#sessionId));
  }

  // Requests

  /** Stores a request and, in the same commit, the deliveries that it sets off. */
  insertRequest(
    request: CapturedRequest,
    { deliveries = [], event = {}, parentId, reply }: NewRequest = {},
  ): Promise<InsertedRequest> {
    const inserted = this.#current.write((tables): InsertedRequest => {
      // Not before: the session may be in the same commit.
      const occurrence = tables.occurrences.next(request, event);
      const overtakenBy = tables.overtaking.by(request, event);
      const context: RequestContext = { sessionId: this.#sessionId, event, occurrence, overtakenBy, parentId, reply };
      const id = tables.requests.insert(request, context);
      const deliveryIds: number[] = [];
      for (const delivery of deliveries) {
        deliveryIds.push(tables.deliveries.insert(id, context.sessionId, request.receivedAtMs, delivery));
      }
      return { request: { ...request, ...context, id }, deliveryIds, seq: tables.changes.ofRequest(id) };
    });
    return request.body.kind === "file" ? this.#withBody(inserted) : inserted;
  }

  /** What a sender was told by a fault, whatever its handler did. Rides with the next commit. */
  setReply(requestId: number, reply: SentReply, epoch = this.epoch): Promise<void> {
    return this.#current.writeLazily(({ requests }) => requests.setReply(requestId, reply), epoch);
  }

  /**
   * The body of a stored request, where it is not in a file.
   * @throws STORE_MOVED where another store is open by now: its ids are others
   */
  bodyBytes(requestId: number, epoch: number): Uint8Array {
    this.#current.refuseOver(epoch);
    return this.read.bodyBytes(requestId);
  }

  /**
   * For a request that is acknowledged a while after it was stored. Undefined: it is where it was stored.
   * @throws STORE_MOVED, and rejects with it
   */
  vouchFor({ body }: Pick<StoredRequest, "body">, epoch: number): Promise<void> | undefined {
    this.#spool.vouchFor(body);
    return this.#current.vouch(epoch);
  }

  // Deliveries

  /**
   * A delivery of a request that is already stored: a replay, or one that a fault held back.
   * @throws REQUEST_NOT_FOUND where it was removed meanwhile
   */
  async insertDelivery(requestId: number, delivery: NewDelivery, epoch = this.epoch): Promise<number> {
    return this.#current.write(({ requests, deliveries }) => {
      if (!requests.isThere(requestId))
        throw new HookcliError("REQUEST_NOT_FOUND", { reference: String(requestId), store: this.path });
      return deliveries.add(requestId, this.#sessionId, this.#clock.nowMs(), delivery);
    }, epoch);
  }

  /** Durable before the wire is touched. */
  async startAttempt(deliveryId: number, attempt: StartedAttempt, epoch = this.epoch): Promise<void> {
    await this.#current.write(({ deliveries }) => deliveries.startAttempt(deliveryId, attempt), epoch);
  }

  /** Stores an attempt that has ended, and that the next one is about to touch the wire: durable before it does. */
  async startNextAttempt(ended: EndedAttempt, next: StartedAttempt, epoch = this.epoch): Promise<void> {
    await this.#current.write(({ deliveries }) => {
      deliveries.insertAttempt(ended);
      deliveries.startAttempt(ended.deliveryId, next);
    }, epoch);
  }

  /**
   * Stores an attempt that has ended. Rides with the next commit.
   * @param settlement in the same commit; undefined: the delivery is pending until somebody goes on with it
   * @returns its number in the order of all that was written; undefined where it is written later, or nowhere any more
   */
  recordAttempt(attempt: EndedAttempt, settlement?: Settlement, epoch = this.epoch): Promise<number | undefined> {
    const { deliveryId } = attempt;
    return this.#current.writeAttempt(
      attempt,
      ({ deliveries }, kept) => {
        deliveries.insertAttempt(kept);
        return settlement ? deliveries.settle(deliveryId, settlement) : deliveries.rest(deliveryId);
      },
      epoch,
    );
  }

  /** Ends a delivery that has no attempt under way. Rides with the next commit. */
  settle(deliveryId: number, settlement: Settlement, epoch = this.epoch): Promise<number | undefined> {
    return this.#current.writeLazily(({ deliveries }) => deliveries.settle(deliveryId, settlement), epoch);
  }

  // Bodies, upkeep

  /** Removing, shrinking, measuring. @throws STORE_MOVED */
  get upkeep(): Upkeep {
    const connection = this.#current.usable;
    if (this.#upkeep?.of === connection) return this.#upkeep.upkeep;
    const upkeep = new Upkeep({
      connection,
      spool: this.#spool,
      ballast: this.#ballast,
      health: this.#current.health,
      clock: this.#clock,
    });
    this.#upkeep = { of: connection, upkeep };
    return upkeep;
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
    return this.#current.explain(error);
  }

  /** Takes the ballast and removes body files that no row names. For a listener, after it is up. Never rejects. */
  async tidy(): Promise<void> {
    this.#ballast.take();
    await this.#spool.sweep(this.#clock.nowMs() - ORPHAN_AFTER_MS, (name: SpoolName) => {
      const { requests, deliveries } = this.#current.usable.tables;
      return requests.usesFile(name) || deliveries.usesFile(name);
    });
  }

  /** The same as `close`, but a fold that is under way is waited for without blocking. */
  async end(): Promise<void> {
    await this.#current.end();
    this.close();
  }

  /**
   * Commits what is queued, says that the session ended (what it has not finished reads interrupted), and closes the file.
   * Blocks for it.
   */
  close(): void {
    this.#current.close((tables) => {
      if (this.#sessionId > 0) this.#end(this.#sessionId, tables);
    });
  }

  #end(sessionId: number, { deliveries, links, sessions }: Tables): void {
    deliveries.interrupt(sessionId);
    links.removeOf(sessionId);
    sessions.end(sessionId, this.#clock.nowMs());
  }

  /** A row without its file says less than was sent. */
  async #withBody(inserting: Promise<InsertedRequest>): Promise<InsertedRequest> {
    const inserted = await inserting;
    this.#spool.vouchFor(inserted.request.body);
    return inserted;
  }
}
