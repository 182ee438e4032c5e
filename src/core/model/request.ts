import type { Body } from "./body.ts";
import type { HeaderPairs } from "./headers.ts";
import type { Verdict } from "./verdict.ts";

/** How a request came to us: over the capture port itself, from a file, or made by a person from another one. */
export type Origin = "capture" | "import" | "edit";

/**
 * Whether all of a request is there: `complete`; `truncated` (over the body limit, the prefix is kept); `partial` (the
 * sender left, stalled or broke the framing mid-body); `malformed` (no HTTP/1.1 that can be served: where not even a
 * head could be read, the raw bytes are the body).
 */
export type Completeness = "complete" | "truncated" | "partial" | "malformed";

/** One inbound HTTP request, byte for byte. */
export interface CapturedRequest {
  readonly method: string;
  /** The request target exactly as it stood in the request line (latin-1), absolute form and all. */
  readonly target: string;
  /** `1.1`, `1.0`, or what a malformed request claimed; empty where it claimed nothing. */
  readonly httpVersion: string;
  readonly headers: HeaderPairs;
  readonly trailers: HeaderPairs;
  readonly body: Body;
  /** When the head was complete. */
  readonly receivedAtMs: number;
  /** From the complete head to the last byte of the body. */
  readonly receiveDurationMs: number;
  /** Address and port of the peer: `127.0.0.1:51234`, `[::1]:51234`. */
  readonly remoteAddress: string;
  readonly origin: Origin;
  readonly completeness: Completeness;
  /** Set when hookcli answers by itself and nothing is forwarded. */
  readonly refusal?: Refusal | undefined;
  /** Sessions of listeners that passed it on before, oldest first. Known while it is handled, and not stored. */
  readonly trail?: readonly number[] | undefined;
}

/** Why hookcli answered a request by itself, and with what. */
export interface Refusal {
  readonly status: number;
  /** Stable and short, for machines: `two-hosts`, `body-too-large`. */
  readonly code: string;
  /** One sentence for the sender, and for the person who looks at the record. */
  readonly reason: string;
}

/** A request with the identity that the store gave it. */
export interface StoredRequest extends CapturedRequest {
  /** Small integer that people type. Never used again. */
  readonly id: number;
  readonly sessionId: number;
  readonly event: EventFacts;
  /**
   * How many requests with its provider and event id had come by then, itself included; undefined: it names no event, was
   * made by a person, or came before this was counted.
   */
  readonly occurrence?: number | undefined;
  /**
   * A request about the same object that came before and tells of a later event; undefined: none had come. So this one
   * arrived out of order.
   */
  readonly overtakenBy?: number | undefined;
  /** The request that this one was edited from. */
  readonly parentId?: number | undefined;
  /** What the sender was told; undefined while nothing was. */
  readonly reply?: SentReply | undefined;
}

/** What the sender was told, kept apart from what the target said. */
export interface SentReply {
  /** 0: none was sent; a fault saw to that, and the note names it. */
  readonly status: number;
  /** Set where the reply is not simply the target's response: `sender-gone`, `acknowledged: refused`, or a `FaultNote`. */
  readonly note?: string | undefined;
}

/**
 * The path in a request target: without the query, of the absolute form (`http://host/path`) only the path. Undefined
 * where a NUL hides a part of it.
 */
export function pathOfTarget(target: string): string | undefined {
  if (target.includes("\0")) return undefined;
  const [bare = ""] = target.split("?", 1);
  const authority = /^[a-z][a-z0-9+.-]*:\/\/[^/]*/i.exec(bare)?.[0];
  return authority === undefined ? bare : bare.slice(authority.length) || "/";
}

/** What a webhook is on the wire, whoever sends it: all that a signature can be about. */
export type Message = Pick<CapturedRequest, "method" | "target" | "headers" | "body">;

/** What a request says about the event that it carries, as far as it says anything, and what we found about it. */
export interface EventFacts {
  /** The provider's own id: the same on every attempt and every duplicate. */
  readonly eventId?: string | undefined;
  /** Dotted or not, as the provider writes it: `order.completed`, `push`, `orders/paid`. */
  readonly eventType?: string | undefined;
  /** Who sent it, as far as it can be told: `stripe`. */
  readonly provider?: string | undefined;
  /** The rule by which it was judged; mostly of the provider's name. */
  readonly scheme?: string | undefined;
  /** Which of its attempts this is, as the provider counts them. */
  readonly attemptNumber?: number | undefined;
  /** When it happened, as the provider says; undefined: it does not say. */
  readonly occurredAtMs?: number | undefined;
  /** What it is about, by the provider's own id: the order, the invoice. */
  readonly objectId?: string | undefined;
  /** Undefined: it was never judged. */
  readonly verdict?: Verdict | undefined;
}
