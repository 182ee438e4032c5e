import type { Attempt, Delivery } from "./delivery.ts";
import type { StoredRequest } from "./request.ts";

/**
 * One thing that happened, for every screen: the line log, NDJSON, later the page. `seq` is its number in the order in which
 * everything was written to the store; whoever must miss nothing goes on behind it with `followStore`.
 */
export type FeedEntry =
  /** A request is stored. */
  | { readonly kind: "request"; readonly seq: number; readonly request: StoredRequest }
  /** An attempt ended and is stored. `elsewhere`: another process made it. */
  | {
      readonly kind: "attempt";
      /** Undefined: the store does not take it at the moment. */
      readonly seq: number | undefined;
      readonly request: StoredRequest;
      readonly delivery: Delivery;
      readonly attempt: Attempt;
      readonly elsewhere: boolean;
      /** How long the provider waits for this one's answer; undefined: nobody does. */
      readonly ackBudgetMs?: number | undefined;
    }
  /** Everything that was to happen with a request has happened and its reply is known. */
  | { readonly kind: "settled"; readonly request: StoredRequest; readonly deliveries: readonly Delivery[] }
  | {
      readonly kind: "notice";
      readonly level: "note" | "warning" | "error";
      readonly code: string;
      readonly text: string;
    };

export type FeedSubscriber = (entry: FeedEntry) => void;
