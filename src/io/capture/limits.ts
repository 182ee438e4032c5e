import { jsonReply, REASON_HEADER, type Reply } from "../../core/model/reply.ts";
import type { Refusal } from "../../core/model/request.ts";

/** What the capture port puts up with. */
export interface CaptureLimits {
  /** Largest body that is kept whole. More: the prefix is kept and the sender gets 413. */
  readonly maxBodyBytes: number;
  /** Request line and headers together. More: 431. */
  readonly maxHeadBytes: number;
  /** From the first byte of a connection (or the end of the request before) to the end of the head. Slower: 408. */
  readonly headTimeoutMs: number;
  /** Longest pause inside a body. Longer: 408, and what came is kept as partial. */
  readonly idleBodyTimeoutMs: number;
  /** For how long a body may come as slowly as it likes; after that its average counts. */
  readonly bodyGraceMs: number;
  /**
   * Least average of a body from its head on. Less: 408, and what came is kept as partial. A bad phone line brings 20 KB a
   * second.
   */
  readonly leastBodyBytesPerSecond: number;
  /** For a whole body, however steadily it comes; longer where `maxBodyBytes` at 16 KiB a second take longer. */
  readonly maxBodyMs: number;
  /** How long a sender may take nothing of a reply that is ready for it. Longer: the connection is cut. */
  readonly stalledReplyMs: number;
  /** How long an idle connection is kept for the next request. */
  readonly keepAliveMs: number;
  /** One more closes the slowest one, or is dropped where all of them wait for a reply. */
  readonly maxConnections: number;
  /** The same for the connections of one address outside of this machine. */
  readonly maxConnectionsPerAddress: number;
  /** Replies that may be owed on one connection before it is read no further. */
  readonly maxOwed: number;
  /** Replies owed on all connections from which on no connection is read that is owed more than one. */
  readonly manyOwed: number;
  /** Replies owed on all connections from which on a request is answered 503 that does not come alone on its connection. */
  readonly mostOwed: number;
  /** What the heads of all requests that wait for their reply may take in memory. A large one beyond it: 503. */
  readonly waitingHeadBytes: number;
  /** Heads that are not whole yet, all together. Beyond it the slowest connection is closed. */
  readonly arrivingHeadBytes: number;
  /** Replies that their senders do not take, all together. Beyond it the one that holds most of it is cut. */
  readonly waitingReplyBytes: number;
}

const KIB = 1024;
const MIB = 1024 * KIB;

export const DEFAULT_LIMITS: CaptureLimits = {
  maxBodyBytes: 25 * MIB,
  maxHeadBytes: 64 * KIB,
  headTimeoutMs: 10_000,
  idleBodyTimeoutMs: 30_000,
  bodyGraceMs: 30_000,
  leastBodyBytesPerSecond: 4 * KIB,
  maxBodyMs: 3_600_000,
  stalledReplyMs: 30_000,
  keepAliveMs: 5_000,
  maxConnections: 1024,
  maxConnectionsPerAddress: 256,
  maxOwed: 64,
  manyOwed: 256,
  mostOwed: 512,
  waitingHeadBytes: 8 * MIB,
  arrivingHeadBytes: 512 * KIB,
  waitingReplyBytes: 4 * MIB,
};

/** What a whole body may take its time by, where `maxBodyMs` is too short for the largest one. */
const SLOW_UPLOAD_BYTES_PER_SECOND = 16 * 1024;

/** A body on its way in. Times in which hookcli itself did not read are not in it. */
export interface BodyPace {
  readonly bytes: number;
  /** Since its head was whole. */
  readonly forMs: number;
  /** Since something came last. */
  readonly idleMs: number;
}

/** Why the rest of a body is not waited for; undefined: it is. */
export function paceRefusal({ bytes, forMs, idleMs }: BodyPace, limits: CaptureLimits): Refusal | undefined {
  if (idleMs > limits.idleBodyTimeoutMs) return tooSlow("body-timeout", "the rest of the body did not arrive in time");
  const { bodyGraceMs, leastBodyBytesPerSecond } = limits;
  if (forMs > bodyGraceMs && (bytes / forMs) * 1000 < leastBodyBytesPerSecond) {
    return tooSlow("body-too-slow", `the body came at less than ${leastBodyBytesPerSecond} bytes a second`);
  }
  if (forMs > longestBodyMs(limits)) return tooSlow("body-timeout", "the body took too long");
  return undefined;
}

/** For a whole body: what the limit says, or more where the largest body takes longer over a slow line. */
export function longestBodyMs({ maxBodyMs, maxBodyBytes }: CaptureLimits): number {
  return Math.max(maxBodyMs, (maxBodyBytes / SLOW_UPLOAD_BYTES_PER_SECOND) * 1000);
}

function tooSlow(code: string, reason: string): Refusal {
  return { status: 408, code, reason };
}

const RETRY_AFTER_SECONDS = 5;

/** More wait for their replies than memory has room for; told to whoever sends ahead, or sends a large head. */
export const TOO_MANY_WAITING: Refusal = {
  status: 503,
  code: "too-many-waiting",
  reason: "too many requests wait for their replies; send it again later",
};

/** Told to the slowest connection, in whose place another one was let in. */
export const PORT_FULL: Refusal = {
  status: 503,
  code: "port-full",
  reason: "all connections were taken, and this one was the slowest; send it again later",
};

/** The reply to one for whom there is no room: hookcli's own, and not for ever. */
export function turnedAwayReply({ status, code, reason }: Refusal): Reply {
  const headers = [REASON_HEADER, code, "retry-after", String(RETRY_AFTER_SECONDS)];
  return jsonReply(status, { error: reason, code }, headers);
}
