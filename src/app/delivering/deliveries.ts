import type { Clock } from "../../core/model/clock.ts";
import {
  type Attempt,
  type Delivery,
  type DeliveryCause,
  FIRST_ATTEMPT,
  settledStatus,
} from "../../core/model/delivery.ts";
import type { SentReply, StoredRequest } from "../../core/model/request.ts";
import type { EndedExchange, Exchange } from "../../io/delivery/exchange.ts";
import type { NewDelivery, Settlement } from "../../io/store/rows/new-delivery.ts";
import type { Store } from "../../io/store/store.ts";
import { Tally } from "./tally.ts";
import type { Forwarder, Route } from "./forwarder.ts";
import { Tries } from "./tries.ts";

export interface DeliveriesOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly forwarder: Forwarder;
}

/** A delivery with its place in its target's lane, not yet stored. Either started or cancelled. */
export interface PlannedDelivery {
  readonly route: Route;
  readonly row: NewDelivery;
  /** Of the attempt that is about to be made. */
  readonly number: number;
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
  readonly exchange: Promise<Tries>;
  /** Resolves when the attempt has ended and its outcome is stored. */
  readonly settled: Promise<SettledDelivery>;
}

export interface SettledDelivery extends Delivery {
  /** Number of its end in the order of all that was written; undefined: it is written later, or nowhere any more. */
  readonly seq: number | undefined;
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
    const waiting = route.lane.enter(route.bytes);
    const number = FIRST_ATTEMPT;
    const attempt = waiting ? undefined : { number, startedAtMs: this.#options.clock.nowMs() };
    return { route, waiting, number, row: { url: route.url, cause, attempt } };
  }

  /** Gives the place back: the delivery could not be stored. */
  cancel({ route, waiting }: PlannedDelivery): void {
    if (waiting) void waiting.then(() => route.lane.leave(route.bytes));
    else route.lane.leave(route.bytes);
  }

  /**
   * Sends a delivery that is stored as `deliveryId`.
   * @param sender given where the sender's reply comes from this delivery
   */
  start(request: StoredRequest, plan: PlannedDelivery, deliveryId: number, sender?: WaitingSender): StartedDelivery {
    // The id means something only in the store that is open now, so its epoch is kept beside it.
    const { epoch } = this.#options.store;
    const sending: Sending = { request, plan, deliveryId, epoch, isRelayed: sender !== undefined, lost: [] };
    const exchange = this.#begin(sending);
    const settled = this.#settle(sending, exchange, sender?.told);
    // Who started it gets a failure from `settled`; until then it must not count as one that nobody handles.
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

  async #begin(sending: Sending): Promise<Tries> {
    const { store, clock, forwarder } = this.#options;
    const { request, plan, deliveryId, epoch, isRelayed } = sending;
    if (plan.waiting) {
      await plan.waiting;
      try {
        await store.startAttempt(deliveryId, { number: plan.number, startedAtMs: clock.nowMs() }, epoch);
      } catch (error) {
        plan.route.lane.leave(plan.route.bytes);
        throw error;
      }
    }
    const first = await forwarder.send(request, plan.route, isRelayed);
    return new Tries(first, plan.number, async (lost) => this.#again(sending, lost));
  }

  /** The next attempt, like the one before, is in the store before it is on the wire. Undefined: the store does not take it. */
  async #again(sending: Sending, lost: EndedExchange): Promise<Exchange | undefined> {
    const { store, clock, forwarder } = this.#options;
    const { request, plan, deliveryId, epoch, isRelayed } = sending;
    const attempt = this.#attempt(plan, { ...lost, number: plan.number });
    const next = { number: attempt.number + 1, startedAtMs: clock.nowMs() };
    try {
      await store.startNextAttempt({ deliveryId, ...attempt }, next, epoch);
    } catch {
      return undefined;
    }
    sending.lost.push(attempt);
    return forwarder.sendAgain(request, plan.route, isRelayed, lost.durationMs);
  }

  async #settle(
    sending: Sending,
    begun: Promise<Tries>,
    told: Promise<SentReply> | undefined,
  ): Promise<SettledDelivery> {
    const { request, plan, deliveryId, epoch, lost } = sending;
    this.#running.begin();
    try {
      const { store } = this.#options;
      const tries = await begun;
      const ended = await tries.ended;
      plan.route.lane.leave(plan.route.bytes);
      const attempt = this.#attempt(plan, ended);
      // Nobody tries again: its last attempt decides.
      const settlement: Settlement = {
        status: settledStatus(ended.outcome),
        reply: await told,
      };
      const seq = await store.recordAttempt({ deliveryId, ...attempt }, settlement, epoch);
      tries.giveBack();
      const attempts = [...lost, attempt];
      return {
        id: deliveryId,
        requestId: request.id,
        sessionId: store.sessionId,
        createdAtMs: attempts[0]?.startedAtMs ?? attempt.startedAtMs,
        url: plan.route.url,
        cause: plan.row.cause,
        status: settlement.status,
        attempts,
        seq,
      };
    } finally {
      this.#running.end();
    }
  }

  #attempt(
    { route, row }: PlannedDelivery,
    { number, outcome, durationMs }: Pick<EndedExchange, "outcome" | "durationMs"> & { readonly number: number },
  ): MadeAttempt {
    const planned = number === row.attempt?.number ? row.attempt.startedAtMs : undefined;
    const startedAtMs = planned ?? this.#options.clock.nowMs() - Math.round(durationMs);
    return { number, startedAtMs, durationMs, sentHeaders: route.headers, outcome };
  }
}

/** An attempt that has ended by itself. */
type MadeAttempt = Attempt & Pick<EndedExchange, "durationMs" | "outcome">;

/** A delivery on its way. */
interface Sending {
  readonly request: StoredRequest;
  readonly plan: PlannedDelivery;
  readonly deliveryId: number;
  /** Of the store: another one that is open by now does not know the delivery. */
  readonly epoch: number;
  readonly isRelayed: boolean;
  /** Attempts that were made again. */
  readonly lost: MadeAttempt[];
}
