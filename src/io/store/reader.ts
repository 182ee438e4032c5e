import type { Delivery, DeliveryStatus } from "../../core/model/delivery.ts";
import { HookcliError } from "../../core/model/errors.ts";
import type { StoredRequest } from "../../core/model/request.ts";
import type { RequestReference } from "../../core/model/request-reference.ts";
import type { SessionRecord } from "../../core/model/session.ts";
import { damageIn, sqliteFailure } from "../sqlite/failure.ts";
import type { ListedRequest, RequestPage } from "./rows/request-rows.ts";
import type { Database } from "../sqlite/database.ts";
import type { Tables } from "./rows/tables.ts";
import type { FilterSql } from "./rows/condition.ts";
import type { Position, StoreNews } from "./rows/change-rows.ts";
import type { DeliveryOrigin } from "./rows/delivery-rows.ts";

/** A connection and its tables. */
export interface OpenTables {
  readonly db: Database;
  readonly tables: Tables;
}

/** Everything that can be asked of the store. Writes nothing. */
export class StoreReader {
  readonly #open: () => OpenTables;
  readonly #explain: (error: unknown) => unknown;

  /**
   * @param open what is asked; throws where nothing can be
   * @param explain turns a failure of SQLite into what is thrown
   */
  constructor(open: () => OpenTables, explain: (error: unknown) => unknown) {
    this.#open = open;
    this.#explain = explain;
  }

  /** Sessions that have not said that they ended, newest first. */
  unendedSessions(): SessionRecord[] {
    return this.#ask(({ sessions }) => sessions.unended());
  }

  /** Sessions that what comes over a connection has been through; undefined: no listener of this store has opened it. */
  trailOf(ends: string): readonly number[] | undefined {
    return this.#ask(({ links }) => links.trailOf(ends));
  }

  /** With its body; undefined where there is none of that name. */
  findRequest(reference: RequestReference): StoredRequest | undefined {
    return this.#ask(({ requests }) => {
      const id = requests.idOf(reference);
      return id === undefined ? undefined : requests.find(id);
    });
  }

  /** The id that a person's name for a request stands for, be it stored or not; undefined where there is none. */
  requestId(reference: RequestReference): number | undefined {
    return this.#ask(({ requests }) => requests.idOf(reference));
  }

  /** Ids of at most `limit` requests after `afterId` that a filter lets through, oldest first; spooled bodies are not seen. */
  matchingIds(afterId: number, filter: Pick<FilterSql, "where" | "parameters">, limit: number): number[] {
    return this.#ask(({ matchingIds }) => matchingIds.after(afterId, filter, limit));
  }

  /**
   * The body of a request, where it is not in a file.
   * @throws REQUEST_NOT_FOUND where it was removed meanwhile
   */
  bodyBytes(id: number): Uint8Array {
    const bytes = this.#ask(({ requests }) => requests.bodyBytes(id));
    if (bytes) return bytes;
    throw new HookcliError("REQUEST_NOT_FOUND", { reference: String(id), store: this.#open().db.name });
  }

  /** Newest first. */
  listRequests(page: RequestPage): ListedRequest[] {
    return this.#ask(({ requests }) => requests.page(page));
  }

  /** Id of the newest request that was there when a session started; 0: there was none. */
  newestBefore(session: Pick<SessionRecord, "id" | "startedAtMs">): number {
    return this.#ask(({ requests }) => requests.newestBefore(session));
  }

  countRequests(): number {
    return this.#ask(({ requests }) => requests.count());
  }

  findDelivery(id: number): Delivery | undefined {
    return this.#ask(({ deliveries }) => deliveries.find(id));
  }

  /** Oldest first, with attempts. */
  deliveriesOf(requestId: number): Delivery[] {
    return this.#ask(({ deliveries }) => deliveries.ofRequest(requestId));
  }

  /** How the delivery before this one, of some request to the same URL, ended; undefined where none did. */
  statusBefore(requestId: number, delivery: Pick<Delivery, "id" | "url">): DeliveryStatus | undefined {
    return this.#ask(({ deliveries }) => deliveries.statusBefore(requestId, delivery));
  }

  /** Where a request went, each URL once, the first one first. */
  urlsOf(requestId: number): string[] {
    return this.#ask(({ deliveries }) => deliveries.urlsOf(requestId));
  }

  /** The delivery that tells how a request fared (see `tellingDelivery`), without response bodies. */
  tellingDelivery(requestId: number): Delivery | undefined {
    return this.#ask(({ deliveries }) => deliveries.tellingOf(requestId));
  }

  /** What a delivery is, without its attempts. */
  deliveryOrigin(id: number): DeliveryOrigin | undefined {
    return this.#ask(({ deliveries }) => deliveries.originOf(id));
  }

  /** Now, for `newsSince`. */
  position(): Position {
    return this.#ask(({ changes }) => changes.latest());
  }

  /** The moment with this number; undefined where it cannot be told any more, or has not come yet. */
  positionAt(seq: number): Position | undefined {
    return this.#ask(({ changes }) => changes.at(seq));
  }

  /** What happened after a moment, at most `limit` changes of it. */
  newsSince(position: Position, limit: number): StoreNews {
    return this.#ask(({ changes }) => changes.since(position, limit));
  }

  /** A number that differs from the last call's exactly when another connection has written meanwhile. Costs next to nothing. */
  foreignWriteMark(): number {
    return this.#ask((_, db) => Number(db.pragma("data_version", { simple: true })));
  }

  /** Looks for damage in the whole file; what SQLite found, or undefined. Takes time: about 0.5 s per 100 MB. */
  findDamage(): string | undefined {
    return damageIn(this.#open().db);
  }

  #ask<Answer>(question: (tables: Tables, db: Database) => Answer): Answer {
    try {
      const { tables, db } = this.#open();
      return question(tables, db);
    } catch (error) {
      if (error instanceof HookcliError) throw error;
      if (sqliteFailure(error) === "bug") throw error;
      throw this.#explain(error);
    }
  }
}
