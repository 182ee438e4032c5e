import { HookcliError } from "../../../core/model/errors.ts";
import { departureDetails } from "../../sqlite/departure-words.ts";
import { markOf } from "../../sqlite/file-mark.ts";
import type { Departure } from "../../sqlite/place-watch.ts";
import type { EndedAttempt } from "../rows/new-delivery.ts";
import { Health } from "../disk/health.ts";
import { LazyWrites } from "./lazy-writes.ts";
import { Reopener } from "./reopener.ts";
import { type ConnectionOptions, StoreConnection } from "./store-connection.ts";
import type { Tables } from "../rows/tables.ts";
import { damageIn } from "../../sqlite/failure.ts";

export interface CurrentConnectionOptions extends Omit<ConnectionOptions, "explain" | "onDeparture"> {
  /** Told when writing becomes impossible, and (with undefined) when it works again. */
  readonly onTrouble: (trouble: HookcliError | undefined) => void;
  /** Told, in a sentence, that another store is open now; what is written next goes into it. */
  readonly onReopened: (text: string) => void;
  /** Writes something harmless in a transaction. */
  readonly probe: (tables: Tables) => void;
}

/** What is put at the path is looked through before it is used, unless it is larger. */
const CHECKED_UP_TO_BYTES = 100 * 1024 * 1024;

/**
 * The connection that a store uses. Where its files are taken away nothing is written until a sound store is at the path, and
 * then another connection takes its place; ids mean something in the one that gave them only, so each has an epoch. Closed
 * by whoever made it.
 */
export class CurrentConnection {
  readonly #options: CurrentConnectionOptions;
  readonly #health: Health;
  readonly #device: bigint;
  #connection: StoreConnection;
  #epoch = 1;
  #reopener: Reopener | undefined;
  #lazy: LazyWrites;
  /** Another store is open, and nobody has been told yet. */
  #reopenedText: string | undefined;
  #isClosed = false;

  /** @throws what `openDatabase` throws */
  constructor(options: CurrentConnectionOptions) {
    this.#options = options;
    this.#connection = this.#open(options.onAside);
    this.#lazy = this.#lazyWrites();
    const { path, busyPatienceMs, ballast } = options;
    this.#device = markOf(path)?.dev ?? 0n;
    this.#health = new Health({
      path,
      busyPatienceMs,
      ballast,
      checkpoint: () => this.#connection.fold(),
      probe: () => options.probe(this.#connection.tables),
      reopen: async () => this.#reopen(),
      onChange: (trouble) => {
        if (!trouble) this.#goOn();
        options.onTrouble(trouble);
      },
    });
  }

  /** Number of the connection: what it gave ids to is found with it, and not with the next one. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Undefined: writes are taken. */
  get trouble(): HookcliError | undefined {
    return this.#health.trouble;
  }

  get health(): Health {
    return this.#health;
  }

  /** The one to use now. @throws STORE_MOVED where there is none */
  get usable(): StoreConnection {
    if (!this.#connection.isUsable) throw this.#health.trouble ?? new Error("the store is closed");
    return this.#connection;
  }

  /**
   * Resolves when it is durable, in files that are in their place.
   * @param epoch in which the ids that are written were given
   * @throws the trouble; STORE_MOVED where the epoch is over
   */
  write<Result>(run: (tables: Tables) => Result, epoch = this.#epoch): Promise<Result> {
    if (this.trouble) return Promise.reject(this.trouble);
    if (epoch !== this.#epoch) return Promise.reject(this.#elsewhere());
    const connection = this.#connection;
    const written = connection.commits.write(() => run(connection.tables));
    return connection.isWatched ? written : written.finally(() => connection.look());
  }

  /** Looks whether the files are in their place. @throws STORE_MOVED */
  look(): void {
    this.#connection.look();
  }

  /**
   * For what nobody waits for. What belongs to another epoch is dropped: its request is in the file that was taken away.
   * @returns undefined also where it is written later
   * @throws what is a mistake of ours
   */
  async writeLazily<Result>(run: (tables: Tables) => Result, epoch = this.#epoch): Promise<Result | undefined> {
    const { tables } = this.#connection;
    return epoch === this.#epoch ? this.#lazy.write(() => run(tables)) : undefined;
  }

  /** The same for an attempt that has ended. @param run gets what is kept of it */
  async writeAttempt<Result>(
    attempt: EndedAttempt,
    run: (tables: Tables, kept: EndedAttempt) => Result,
    epoch: number,
  ): Promise<Result | undefined> {
    const { tables } = this.#connection;
    return epoch === this.#epoch ? this.#lazy.writeAttempt(attempt, (kept) => run(tables, kept)) : undefined;
  }

  /** @throws STORE_MOVED where the epoch is over */
  refuseOver(epoch: number): void {
    if (epoch !== this.#epoch) throw this.#elsewhere();
  }

  /**
   * For what is about to be acknowledged though it was stored a while ago. Undefined: it is still where it was stored.
   * @throws STORE_MOVED, and rejects with it
   */
  vouch(epoch: number): Promise<void> | undefined {
    this.refuseOver(epoch);
    return this.#connection.vouch();
  }

  /** What a failure means for a person. */
  explain(error: unknown): unknown {
    try {
      this.#connection.look();
    } catch (moved) {
      return moved;
    }
    return this.#health.report(error);
  }

  /** Resolves when no thread uses the files any more. */
  async end(): Promise<void> {
    this.#health.close();
    await this.#connection.end();
  }

  /** @param last the last write, where writing is possible */
  close(last: (tables: Tables) => void): void {
    this.#health.close();
    if (this.#isClosed) return;
    this.#isClosed = true;
    const { db, tables } = this.#connection;
    try {
      this.#connection.look();
      this.#connection.finish();
      if (!this.trouble) db.transaction(() => last(tables))();
    } catch {
      // A killed session looks the same, and readers cope with that.
    }
    this.#connection.close();
  }

  #open(onAside?: (log: string) => void): StoreConnection {
    const connection: StoreConnection = new StoreConnection({
      ...this.#options,
      onAside,
      explain: (error) => this.explain(error),
      onDeparture: (departure) => this.#leave(connection, departure),
    });
    return connection;
  }

  #leave(connection: StoreConnection, departure: Departure): HookcliError {
    const { path, clock } = this.#options;
    const details = departureDetails(path, departure);
    const what = `${details.what}; requests are answered 503 and not stored`;
    const trouble = new HookcliError("STORE_MOVED", { path, what, remedy: details.remedy });
    const left = connection.leave(departure, trouble);
    if (left)
      this.#reopener = new Reopener({
        path,
        clock,
        connection,
        left,
        device: this.#device,
        open: (onAside) => this.#open(onAside),
        damageOf: (opened) => this.#damageOf(opened),
        onRefused: (reason) => this.#refuse(reason),
      });
    return this.#health.leave(trouble);
  }

  #damageOf({ db }: StoreConnection): HookcliError | undefined {
    const { path } = this.#options;
    if ((markOf(path)?.sizeBytes ?? 0) > CHECKED_UP_TO_BYTES) return undefined;
    const reason = damageIn(db);
    return reason === undefined ? undefined : new HookcliError("STORE_CORRUPT", { path, reason });
  }

  /** What is at the path now does not do. */
  #refuse({ message }: HookcliError): void {
    const { path } = this.#options;
    const what = `what is there now cannot be used (${message}); requests are answered 503 and not stored`;
    const remedy = `Put a sound store there, or move that file away (mv ${path} ${path}.other): a fresh store is made then. It was not changed`;
    this.#health.leave(new HookcliError("STORE_MOVED", { path, what, remedy }));
  }

  async #reopen(): Promise<boolean> {
    const reopened = await this.#reopener?.attempt();
    if (!reopened) return false;
    if (this.#isClosed) {
      reopened.connection.close();
      return false;
    }
    this.#connection = reopened.connection;
    this.#reopener = undefined;
    this.#epoch += 1;
    // What is kept for later belongs to the one before.
    this.#lazy = this.#lazyWrites();
    this.#reopenedText = reopened.text;
    return true;
  }

  #goOn(): void {
    const text = this.#reopenedText;
    this.#reopenedText = undefined;
    // First: what is written from now on belongs to a session of this store.
    if (text !== undefined) this.#options.onReopened(text);
    this.#lazy.catchUp();
  }

  #elsewhere(): HookcliError {
    const { path } = this.#options;
    const what = "the request is in a file that is not there any more";
    return new HookcliError("STORE_MOVED", { path, what, remedy: "Its sender was told to send it again" });
  }

  #lazyWrites(): LazyWrites {
    const { commits } = this.#connection;
    return new LazyWrites({ trouble: () => this.trouble, write: async (run) => commits.writeLazily(run) });
  }
}
