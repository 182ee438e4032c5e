/** What a request says about the event that it carries, as far as it says anything. */
export interface EventFacts {
  /** The provider's own id: the same on every attempt and every duplicate. */
  readonly eventId?: string | undefined;
  /** Dotted or not, as the provider writes it: `order.completed`, `push`, `orders/paid`. */
  readonly eventType?: string | undefined;
}
