import type { CaptureLimits } from "./limits.ts";
import { peerGroup } from "./peer-group.ts";

/** What has to be known of a connection here. */
export interface SlotConnection {
  /** Address and port of the peer. */
  readonly remoteAddress: string;
  /** Requests that are whole and have no reply yet. */
  readonly unanswered: number;
  /** Replies that are not out yet. */
  readonly owed: number;
  /** A body is on its way in. */
  readonly isArriving: boolean;
  readonly isClosing: boolean;
  /** It has brought a whole request before, owes no reply, and brings nothing. */
  readonly isResting: boolean;
  /** A fault holds it, and will not answer. */
  readonly isNeverAnswered: boolean;
  pace(): { readonly bytes: number; readonly forMs: number };
  readonly replies: { stalledForMs(): number };
}

/** A new connection counts as one that brings bytes quickly, and less and less so while it brings nothing. */
const TRUST_BYTES = 512;
const TRUST_MS = 50;
/** So much quicker counts one that rests between its requests. */
const REST_TRUST = 20;
/** Looking at all connections for each new one would be an attack of its own. */
const CHOSEN_AT_A_TIME = 16;

/**
 * Who has a place on the port. Where all are taken, the connection with the fewest bytes a second makes room, but never
 * one with a whole request that waits for its reply.
 */
export class Slots<Connection extends SlotConnection> {
  readonly #limits: Pick<CaptureLimits, "maxConnections" | "maxConnectionsPerAddress">;
  readonly #evict: (connection: Connection) => void;
  readonly #taken = new Set<Connection>();
  /** Connections by where they come from, but for this machine's own. */
  readonly #groups = new Map<string, Set<Connection>>();
  /** The slowest ones when they were looked at last, the slowest last. */
  #chosen: Connection[] = [];

  /** @param evict told who has lost its place */
  constructor(
    limits: Pick<CaptureLimits, "maxConnections" | "maxConnectionsPerAddress">,
    evict: (connection: Connection) => void,
  ) {
    this.#limits = limits;
    this.#evict = evict;
  }

  /** Gives a place to a new connection. `no`: nobody can make room for it. `evicted`: somebody has. */
  take(connection: Connection): "yes" | "no" | "evicted" {
    const name = peerGroup(connection.remoteAddress);
    const group = name === undefined ? undefined : (this.#groups.get(name) ?? new Set<Connection>());
    let answer: "yes" | "evicted" = "yes";
    if (group && group.size >= this.#limits.maxConnectionsPerAddress) {
      if (!this.#evictOne(slowestFirst(group))) return "no";
      answer = "evicted";
    } else if (this.#taken.size >= this.#limits.maxConnections) {
      if (!this.makeRoom()) return "no";
      answer = "evicted";
    }
    this.#taken.add(connection);
    if (name !== undefined && group) this.#groups.set(name, group.add(connection));
    return answer;
  }

  /** Takes the slowest one's place away. False: each waits for a reply. */
  makeRoom(): boolean {
    if (this.#evictOne(this.#chosen)) return true;
    this.#chosen = slowestFirst(this.#taken);
    return this.#evictOne(this.#chosen);
  }

  /** A connection is gone. */
  leave(connection: Connection): void {
    this.#taken.delete(connection);
    const name = peerGroup(connection.remoteAddress);
    const group = name === undefined ? undefined : this.#groups.get(name);
    if (name === undefined || !group) return;
    group.delete(connection);
    if (group.size === 0) this.#groups.delete(name);
  }

  #evictOne(chosen: Connection[]): boolean {
    for (let connection = chosen.pop(); connection; connection = chosen.pop()) {
      if (!this.#taken.has(connection) || speedOf(connection) === undefined) continue;
      this.leave(connection);
      this.#evict(connection);
      return true;
    }
    return false;
  }
}

function slowestFirst<Connection extends SlotConnection>(connections: Iterable<Connection>): Connection[] {
  const slow: { readonly connection: Connection; readonly speed: number }[] = [];
  for (const connection of connections) {
    const speed = speedOf(connection);
    if (speed !== undefined) slow.push({ connection, speed });
  }
  return slow
    .sort((one, other) => one.speed - other.speed)
    .slice(0, CHOSEN_AT_A_TIME)
    .map(({ connection }) => connection)
    .reverse();
}

/** In bytes a second, more or less; undefined: it waits for hookcli, and not the other way round. */
function speedOf(connection: SlotConnection): number | undefined {
  const { unanswered, owed, isArriving, isClosing, isNeverAnswered, isResting } = connection;
  if (unanswered > 0) return undefined;
  // All is said: it only waits for its sender to close.
  if (isClosing) return 0;
  // It is closed after some seconds anyway, and its sender has shown that it can do better than those who never did.
  if (isResting) return REST_TRUST * speed(0, connection.pace().forMs);
  if (owed === 0 || isArriving || isNeverAnswered) {
    const { bytes, forMs } = connection.pace();
    return speed(bytes, forMs);
  }
  // A reply is on its way out: its sender is slow only where it does not take what is there.
  const stalledMs = connection.replies.stalledForMs();
  return stalledMs > 0 ? speed(0, stalledMs) : undefined;
}

function speed(bytes: number, forMs: number): number {
  return ((bytes + TRUST_BYTES) / (forMs + TRUST_MS)) * 1000;
}
