import type { Clock } from "../model/clock.ts";
import { jsonReply, NO_STATUS, REASON_HEADER, releaseBody, type Reply, type ReplyManner } from "../model/reply.ts";
import type { CapturedRequest, EventFacts } from "../model/request.ts";

/** One kind of deliberate misbehaviour towards a sender. */
export interface Fault {
  /** As a plan writes it; `status` is written as its number. */
  readonly name: string;
  /** How it is written, with all that it may take: `timeout[:duration]`. */
  readonly syntax: string;
  /** What may stand behind its colon, and whether it has to. */
  readonly takes: ArgumentKind;
  readonly isArgumentNeeded: boolean;
  /** One sentence: what hookcli does. */
  readonly summary: string;
  /** One sentence: what the sender makes of it. */
  readonly seen: string;
  /** Items of a plan, ready to be typed. */
  readonly examples: readonly [string, ...string[]];
  /** @param isAfter the handler gets the request first, and then the sender is lied to; else the handler never sees it */
  intercept(options: FaultOptions, isAfter: boolean): Interceptor;
}

/** `fields`: header fields and a body, for a status. */
export type ArgumentKind = "nothing" | "duration" | "size" | "rate" | "url" | "fields";

/** What stands behind the colon of an item, by what it means. */
export interface FaultOptions {
  readonly status?: number;
  /** In the order in which they were written; text, not yet bytes. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
  readonly durationMs?: number;
  readonly bytes?: number;
  readonly bytesPerSecond?: number;
  readonly url?: string;
}

/** Stands between a request and its handler. Takes the reply of `next` to the sender, or puts another in its place. */
export type Interceptor = (request: CapturedRequest, context: FaultContext, next: Next) => Promise<Reply>;

/** Gives the request to the handler; called at most once. */
export type Next = () => Promise<Reply>;

/** What a fault may ask about the request that it meets, and what it waits with. */
export interface FaultContext {
  readonly event: EventFacts;
  readonly clock: Clock;
  /** Aborts when the sender is gone, or the listener ends. */
  readonly left: AbortSignal;
  /** Aborts when the listener ends. */
  readonly ending: AbortSignal;
}

/** What a sender is told where the handler was not asked: to be made worse. */
const ACKNOWLEDGED = jsonReply(200, { status: "ok" }, [REASON_HEADER, "fault"]);

/**
 * Tells the sender something that is not so.
 * @param isAfter of the handler's reply; else of one of hookcli's own, and the handler never sees the request
 * @param told what becomes of the reply; one that keeps its body hands it on
 */
export function lie(isAfter: boolean, told: (reply: Reply) => Reply): Interceptor {
  return async (_request, _context, next) => {
    const truth = isAfter ? await next() : ACKNOWLEDGED;
    const reply = told(truth);
    if (reply.body !== truth.body) await releaseBody(truth.body);
    return reply;
  };
}

/** A reply of which no status ever reaches the sender. */
export function nothingSent(manner: ReplyManner): Reply {
  return { status: NO_STATUS, headers: [], body: { kind: "bytes", bytes: new Uint8Array(0) }, manner };
}
