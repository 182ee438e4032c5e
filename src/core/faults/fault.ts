import type { Clock } from "../model/clock.ts";
import type { CapturedRequest, EventFacts } from "../model/request.ts";
import type { Reply } from "../model/reply.ts";

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
