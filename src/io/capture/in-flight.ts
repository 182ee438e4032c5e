import type { HeaderPairs } from "../../core/model/headers.ts";
import type { Refusal } from "../../core/model/request.ts";
import { type CaptureLimits, TOO_MANY_WAITING } from "./limits.ts";

/** A head that costs no more is taken, however many wait: real webhooks stay far below it. */
const SMALL_HEAD_COST_BYTES = 8 * 1024;

/** What has to be known of a connection here. */
export interface OwedConnection {
  /** Replies that are not out yet. */
  readonly owed: number;
  /** Its bytes stay with the system from now on. */
  hold(): void;
  /** The opposite of one `hold`. */
  letGo(): void;
}

/**
 * Requests between their head and the end of their reply, over all connections: bounded by not reading from who is ahead
 * of its replies. What was read already and is too much all the same (one packet may hold thousands of requests) is turned
 * away. Whoever sends one request at a time is never held and, with a head of usual size, never turned away.
 */
export class InFlight {
  readonly #limits: CaptureLimits;
  readonly #held = new Set<OwedConnection>();
  #owed = 0;
  #headBytes = 0;

  constructor(limits: CaptureLimits) {
    this.#limits = limits;
  }

  /** Replies that are not out yet. */
  get owed(): number {
    return this.#owed;
  }

  /** Why one more request on this connection is not taken; undefined: it is. @param headBytes about its memory */
  refusalFor(connection: OwedConnection, headBytes: number): Refusal | undefined {
    const isAhead = this.#owed >= this.#limits.mostOwed && connection.owed > 0;
    return isAhead || this.hasNoRoomFor(headBytes) ? TOO_MANY_WAITING : undefined;
  }

  /** What waits takes up so much that only a small one is taken. */
  hasNoRoomFor(headBytes: number): boolean {
    return headBytes > SMALL_HEAD_COST_BYTES && this.#headBytes + headBytes > this.#limits.waitingHeadBytes;
  }

  /** A request was taken, and is counted as owed on its connection. */
  began(connection: OwedConnection): void {
    this.#owed += 1;
    const { maxOwed, manyOwed } = this.#limits;
    const isAhead = connection.owed >= maxOwed || (connection.owed > 1 && this.#owed >= manyOwed);
    if (!isAhead || this.#held.has(connection)) return;
    this.#held.add(connection);
    connection.hold();
  }

  /** A reply is out, or nobody is left to take it. */
  replied(connection: OwedConnection): void {
    this.#owed -= 1;
    if (this.#held.size === 0) return;
    this.#look(connection);
    if (this.#owed < this.#limits.manyOwed) for (const held of this.#held) this.#look(held);
  }

  takeHead(bytes: number): void {
    this.#headBytes += bytes;
  }

  giveHead(bytes: number): void {
    this.#headBytes -= bytes;
  }

  /** Lets a connection go that has caught up. With one reply owed it must: that may be the request that is still arriving. */
  #look(connection: OwedConnection): void {
    if (!this.#held.has(connection)) return;
    const { maxOwed, manyOwed } = this.#limits;
    const hasCaughtUp = connection.owed <= 1 || (connection.owed <= maxOwed / 2 && this.#owed < manyOwed);
    if (!hasCaughtUp) return;
    this.#held.delete(connection);
    connection.letGo();
  }
}

/** Strings, their places in three arrays, and what is made of them on the way to the target. */
const COST_PER_FIELD_BYTES = 100;

/** About how much memory a head takes while its request waits: many small headers take many times their bytes. */
export function headCostBytes(target: string, headers: HeaderPairs): number {
  let length = target.length;
  // An index loop: this runs over every header of every request.
  for (let at = 0; at < headers.length; at += 1) length += (headers[at] ?? "").length;
  return 2 * length + (headers.length / 2) * COST_PER_FIELD_BYTES;
}
