import type { Verdict } from "./verdict.ts";

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
