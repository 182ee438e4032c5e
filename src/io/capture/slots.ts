import type { CaptureLimits } from "./limits.ts";

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

/**
 * Who counts as one sender: an address, or of IPv6 the network of one customer (64 bits). Undefined: this machine, where
 * everybody behind a tunnel comes from.
 * @param remoteAddress address and port: `192.0.2.1:51234`, `[2001:db8::1]:51234`
 */
export function peerGroup(remoteAddress: string): string | undefined {
  const address = remoteAddress
    .slice(0, remoteAddress.lastIndexOf(":"))
    .replace(/^\[(?:::ffff:(?=[0-9.]+\]$))?|\]$/g, "");
  if (address === "" || address === "::1" || address.startsWith("127.")) return undefined;
  return address.includes(":") ? networkOf(address) : address;
}

/** The first four groups of an IPv6 address, as it is written. */
function networkOf(address: string): string {
  const [head = "", tail] = address.split("%", 1)[0]?.split("::") ?? [];
  const groups = head === "" ? [] : head.split(":");
  if (tail !== undefined) {
    const behind = tail === "" ? [] : tail.split(":");
    while (groups.length + behind.length < 8) groups.push("0");
    groups.push(...behind);
  }
  return groups.slice(0, 4).join(":");
}

/**
 * Who has to go so that the rest stays within a limit: the one that holds most, and so on. Of equal ones the first goes
 * first.
 * @param bytesOf 0: it holds nothing, and is left alone
 */
export function overweight<Holder>(
  holders: Iterable<Holder>,
  bytesOf: (holder: Holder) => number,
  limitBytes: number,
): readonly Holder[] {
  let total = 0;
  const heavy: { readonly holder: Holder; readonly bytes: number }[] = [];
  for (const holder of holders) {
    const bytes = bytesOf(holder);
    if (bytes === 0) continue;
    total += bytes;
    heavy.push({ holder, bytes });
  }
  if (total <= limitBytes) return [];
  heavy.sort((one, other) => other.bytes - one.bytes);
  const leaving: Holder[] = [];
  for (const { holder, bytes } of heavy) {
    if (total <= limitBytes) break;
    leaving.push(holder);
    total -= bytes;
  }
  return leaving;
}
