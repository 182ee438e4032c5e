import type { Clock } from "../../core/model/clock.ts";
import { type Delivery, type DeliveryCause, isDelivered } from "../../core/model/delivery.ts";
import type { SentReply, StoredRequest } from "../../core/model/request.ts";
import type { Exchange } from "../../io/delivery/exchange.ts";
import type { NewDelivery } from "../../io/store/delivery-rows.ts";
import type { Store } from "../../io/store/store.ts";
import { Tally } from "./tally.ts";
import type { Forwarder, Route } from "./forwarder.ts";

export interface DeliveriesOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly forwarder: Forwarder;
}

/** A delivery with its place in its target's lane, not yet stored. Either started or cancelled. */
export interface PlannedDelivery {
  readonly route: Route;
  readonly row: NewDelivery;
  /** Undefined: the place is there, and the attempt is under way in the row. */
  readonly waiting: Promise<void> | undefined;
}

/** The one who waits for a delivery's response: it is relayed while it arrives. */
export interface WaitingSender {
  /** What it was told, stored together with the outcome; undefined: that is stored apart. */
  readonly told?: Promise<SentReply> | undefined;
}

export interface StartedDelivery {
  /** Rejects where the store did not take the attempt: then nothing was sent. */
  readonly exchange: Promise<Exchange>;
  /** Resolves when the attempt has ended and its outcome is stored. */
  readonly settled: Promise<Delivery>;
}

/** Makes deliveries: forwarded and replayed ones alike go through here. */
export class Deliveries {
  readonly #options: DeliveriesOptions;
  readonly #running = new Tally();

  constructor(options: DeliveriesOptions) {
    this.#options = options;
  }

  /** Takes a place in the lane, so that order is the order of planning. */
  plan(route: Route, cause: DeliveryCause): PlannedDelivery {
    const waiting = route.lane.enter();
    const startedAtMs = waiting ? undefined : this.#options.clock.nowMs();
    return { route, waiting, row: { url: route.url, cause, startedAtMs } };
  }

  /** Gives the place back: the delivery could not be stored. */
  cancel({ route, waiting }: PlannedDelivery): void {
    if (waiting) void waiting.then(() => route.lane.leave());
    else route.lane.leave();
  }

  /**
   * Sends a delivery that is stored as `deliveryId`.
   * @param sender given where the sender's reply comes from this delivery
   */
  start(request: StoredRequest, plan: PlannedDelivery, deliveryId: number, sender?: WaitingSender): StartedDelivery {
    const exchange = this.#begin(request, plan, deliveryId, sender !== undefined);
    const settled = this.#settle(request, plan, deliveryId, exchange, sender?.told);
    // Whoever started it looks later; until then a failure must not count as one that nobody handles.
    settled.catch(() => undefined);
    return { exchange, settled };
  }

  /** Resolves when everything that was started has ended and is stored. */
  async settled(): Promise<void> {
    await this.#running.idle();
  }

  /** How many are under way or wait for their turn. */
  get runningCount(): number {
    return this.#running.count;
  }

  async #begin(
    request: StoredRequest,
    plan: PlannedDelivery,
    deliveryId: number,
    isRelayed: boolean,
  ): Promise<Exchange> {
    const { store, clock, forwarder } = this.#options;
    if (plan.waiting) {
      await plan.waiting;
      try {
        await store.startAttempt(deliveryId, 1, clock.nowMs());
      } catch (error) {
        plan.route.lane.leave();
        throw error;
      }
    }
    return forwarder.send(request, plan.route, isRelayed);
  }

  async #settle(
    request: StoredRequest,
    { route, row }: PlannedDelivery,
    deliveryId: number,
    begun: Promise<Exchange>,
    told: Promise<SentReply> | undefined,
  ): Promise<Delivery> {
    this.#running.begin();
    try {
      const { store, clock } = this.#options;
      const exchange = await begun;
      const { outcome, durationMs } = await exchange.ended;
      route.lane.leave();
      const startedAtMs = row.startedAtMs ?? clock.nowMs() - Math.round(durationMs);
      const attempt = { number: 1, startedAtMs, durationMs, sentHeaders: route.headers, outcome };
      await store.finishAttempt({ deliveryId, ...attempt, reply: await told });
      return {
        id: deliveryId,
        requestId: request.id,
        sessionId: store.sessionId,
        createdAtMs: startedAtMs,
        url: route.url,
        cause: row.cause,
        status: isDelivered(outcome) ? "delivered" : "failed",
        attempts: [attempt],
      };
    } finally {
      this.#running.end();
    }
  }
}
