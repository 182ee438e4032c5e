import type { Clock } from "../../core/model/clock.ts";
import { HookcliError } from "../../core/model/errors.ts";
import type { CapturedRequest, EventFacts, Refusal, SentReply, StoredRequest } from "../../core/model/request.ts";
import { NO_STATUS, type Reply } from "../../core/model/reply.ts";
import type { NamedHandshakeAnswer } from "../../core/schemes/handshakes/handshake.ts";
import type { Sender } from "../../io/capture/sender.ts";
import type { Store } from "../../io/store/store.ts";
import type { Examined } from "./examine.ts";
import type { Feed } from "../session/feed.ts";
import type { Forwarder, Route } from "../delivering/forwarder.ts";
import type { MetMisbehaviour, Misbehaviour } from "./misbehaviour.ts";
import { Deliveries, type PlannedDelivery, type StartedDelivery } from "../delivering/deliveries.ts";
import type { Recogniser } from "./recogniser.ts";
import {
  capturedReply,
  handshakeReply,
  noAnswerReply,
  type NotedReply,
  type OnError,
  refusalReply,
  type Respond,
  signatureRefusal,
  type StoredRequestPlace,
  storeTroubleReply,
  vouched,
} from "./replies.ts";
import { type Routing, targetsOf } from "./routing.ts";
import { Tally } from "../delivering/tally.ts";

export interface PipelineOptions extends Routing {
  readonly store: Store;
  readonly clock: Clock;
  readonly feed: Feed;
  readonly forwarder: Forwarder;
  readonly recogniser: Recogniser;
  /** What the sender gets where nothing is forwarded. */
  readonly respond: Respond;
  /** What the sender gets where the target gave no response. */
  readonly onError: OnError;
  /** What goes wrong on purpose; undefined: nothing. */
  readonly misbehaviour?: Misbehaviour | undefined;
}

/** A request that is looked at and let in. */
interface Arrival {
  readonly request: CapturedRequest;
  readonly examined: Examined;
  /** Empty: it is only stored. */
  readonly routes: readonly Route[];
  readonly sender: Sender;
}

/** A request that is stored, and its deliveries that are under way. */
interface Underway extends StoredRequestPlace {
  readonly started: readonly StartedDelivery[];
}

type Note = MetMisbehaviour["note"];

/**
 * The one place where the order of steps is written: store first, forward second, acknowledge last. The outcome is
 * committed right after the reply.
 */
export class Pipeline {
  readonly #options: PipelineOptions;
  readonly #deliveries: Deliveries;
  readonly #recording = new Tally();

  constructor(options: PipelineOptions) {
    this.#options = options;
    this.#deliveries = new Deliveries(options);
  }

  /** Never rejects. A request that cannot be stored is answered 503 and goes nowhere. */
  readonly handle = async (request: CapturedRequest, sender: Sender): Promise<Reply> => {
    try {
      const examined = await this.#examine(request);
      const { event } = examined;
      if (request.refusal) return await this.#refuse(request, event, request.refusal);
      const routes = this.#routesFor(request, event);
      const { answersHandshakes, refuseStatus } = this.#options.recogniser.options;
      const handshake = routes.length === 0 || answersHandshakes ? examined.handshake() : undefined;
      examined.forget();
      if (handshake) return await this.#shakeHands(request, event, handshake);
      const refusal = refuseStatus === undefined ? undefined : signatureRefusal(refuseStatus, event.verdict);
      if (refusal) return await this.#refuse({ ...request, refusal }, event, refusal);
      const met = await this.#options.misbehaviour?.meet(request, event);
      if (met) return await this.#misbehave({ request, examined, routes, sender }, met);
      if (routes.length === 0) return await this.#capture(request, event);
      return await this.#forward({ request, examined, routes, sender });
    } catch (error) {
      return this.failureReply(error);
    }
  };

  /** What a sender is told when its request could not be stored. */
  readonly failureReply = (error: unknown): Reply => {
    if (!(error instanceof HookcliError)) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.#options.feed.publish({ kind: "notice", level: "error", code: "BUG", text });
    }
    return storeTroubleReply(error);
  };

  /** Resolves when every delivery that was started has ended and is stored, and its request is settled. */
  async settled(): Promise<void> {
    await this.#deliveries.settled();
    await this.#recording.idle();
  }

  /** Deliveries that are under way or wait for their turn. */
  get runningCount(): number {
    return this.#deliveries.runningCount;
  }

  /** A mistake of ours must not lose a request: one that cannot be looked at is stored and forwarded all the same. */
  async #examine(request: CapturedRequest): Promise<Examined> {
    try {
      return await this.#options.recogniser.examine(request);
    } catch (error) {
      this.failureReply(error);
      return { event: {}, ackBudgetMs: Infinity, handshake: () => undefined, forget: () => undefined };
    }
  }

  async #refuse(request: CapturedRequest, event: EventFacts, refusal: Refusal): Promise<Reply> {
    const reply = { status: refusal.status, note: refusal.code };
    return refusalReply(await this.#storeOnly(request, event, reply), refusal);
  }

  async #capture(request: CapturedRequest, event: EventFacts): Promise<Reply> {
    const { respond } = this.#options;
    return capturedReply(await this.#storeOnly(request, event, { status: respond.status }), respond);
  }

  async #shakeHands(request: CapturedRequest, event: EventFacts, answer: NamedHandshakeAnswer): Promise<Reply> {
    const { name, note, link } = answer;
    await this.#storeOnly(request, event, { status: answer.reply.status, note: `handshake: ${name}` });
    const text = link === undefined ? note : `${note} ${link}`;
    this.#options.feed.publish({ kind: "notice", level: "note", code: "HANDSHAKE", text });
    return handshakeReply(answer.reply);
  }

  /** @returns the id under which it is stored */
  async #storeOnly(captured: CapturedRequest, event: EventFacts, reply: SentReply): Promise<number> {
    const { store, feed } = this.#options;
    const { request, seq } = await store.insertRequest(captured, { event, reply });
    feed.publish({ kind: "request", seq, request });
    feed.publish({ kind: "settled", request, deliveries: [] });
    return request.id;
  }

  async #forward(arrival: Arrival): Promise<Reply> {
    const told = Promise.withResolvers<SentReply>();
    const underway = await this.#start(arrival, told.promise);
    const { stored, started } = underway;
    const answer = await this.#replyFrom(stored, started[0]);
    const { reply, note } = await vouched(this.#options.store, underway, answer, this.failureReply);
    const sent: SentReply = { status: reply.status, note: arrival.sender.isGone() ? "sender-gone" : note };
    told.resolve(sent);
    void this.#record({ ...stored, reply: sent }, started, arrival.examined.ackBudgetMs);
    return reply;
  }

  /**
   * A fault stands between the sender and the handler. What the sender is told is stored with the request, apart from what
   * the handler did, since it may come much later.
   */
  async #misbehave(arrival: Arrival, { isAfter, intercept, note }: MetMisbehaviour): Promise<Reply> {
    const { clock, respond } = this.#options;
    const { request, examined, routes, sender } = arrival;
    // What is held back before its handler is stored without deliveries: others go ahead of it. Its record says: told nothing.
    const underway = await (isAfter
      ? this.#start(arrival)
      : this.#start({ ...arrival, routes: [] }, undefined, { status: NO_STATUS, note: note(false) }));
    let { started } = underway;
    const { stored } = underway;
    const next = async (): Promise<Reply> => {
      if (routes.length === 0) return capturedReply(stored.id, respond);
      try {
        if (!isAfter) started = await this.#startLater(underway, routes);
      } catch (error) {
        return this.failureReply(error);
      }
      return (await this.#replyFrom(stored, started[0])).reply;
    };
    const context = { event: examined.event, clock, left: sender.left(), ending: sender.ending };
    const answer = { reply: await intercept(request, context, next) };
    const { reply } = await vouched(this.#options.store, underway, answer, this.failureReply);
    const noted = this.#noteTold(underway, reply, sender, note);
    void this.#record(stored, started, examined.ackBudgetMs, noted);
    return reply;
  }

  /** Of what takes its time only its end tells whether the sender has waited for it; until then nobody knows. */
  async #noteTold({ stored, epoch }: Underway, reply: Reply, sender: Sender, note: Note): Promise<SentReply> {
    const isUnheard = reply.manner?.kind === "slow" ? !(await sender.heard()) : sender.isGone();
    const sent = { status: reply.status, note: note(isUnheard) };
    await this.#options.store.setReply(stored.id, sent, epoch);
    return sent;
  }

  /** Stores a request with its deliveries and sends them. @param told to the sender; undefined: `reply`, so far */
  async #start(arrival: Arrival, told?: Promise<SentReply>, reply?: SentReply): Promise<Underway> {
    const { store, feed } = this.#options;
    const { request, examined } = arrival;
    const plans = arrival.routes.map((route) => this.#deliveries.plan(route, "forward"));
    const deliveries = plans.map(({ row }) => row);
    const inserting = store.insertRequest(request, { event: examined.event, deliveries, reply });
    const inserted = await this.#orCancel(plans, inserting);
    const [stored, epoch] = [inserted.request, store.epoch];
    // A body that is being sent is needed in memory. Where all deliveries wait, it can be read again when their turn comes.
    if (plans.every(({ waiting }) => waiting !== undefined))
      arrival.sender.mayLetGo(() => store.bodyBytes(stored.id, epoch));
    feed.publish({ kind: "request", seq: inserted.seq, request: stored });
    return { stored, epoch, started: this.#send(stored, plans, inserted.deliveryIds, told) };
  }

  /** Sends a request that was stored before anybody knew whether it would be sent. */
  async #startLater({ stored, epoch }: Underway, routes: readonly Route[]): Promise<Underway["started"]> {
    const { store } = this.#options;
    const plans = routes.map((route) => this.#deliveries.plan(route, "forward"));
    const inserting = plans.map(async ({ row }) => store.insertDelivery(stored.id, row, epoch));
    return this.#send(stored, plans, await this.#orCancel(plans, Promise.all(inserting)));
  }

  async #orCancel<Inserted>(plans: readonly PlannedDelivery[], inserting: Promise<Inserted>): Promise<Inserted> {
    try {
      return await inserting;
    } catch (error) {
      for (const plan of plans) this.#deliveries.cancel(plan);
      throw error;
    }
  }

  /** The first one's response is what the sender gets. */
  #send(
    stored: StoredRequest,
    plans: readonly PlannedDelivery[],
    deliveryIds: readonly number[],
    told?: Promise<SentReply>,
  ): readonly StartedDelivery[] {
    return plans.map((plan, index) =>
      this.#deliveries.start(stored, plan, deliveryIds[index] ?? 0, index === 0 ? { told } : undefined),
    );
  }

  /** The target's response, or hookcli's own word in its place; the note says why. */
  async #replyFrom(request: StoredRequest, first: StartedDelivery | undefined): Promise<NotedReply> {
    try {
      const exchange = await first?.exchange;
      const reply = await exchange?.reply;
      if (reply) return { reply };
      return noAnswerReply(request.id, (await exchange?.ended)?.outcome, this.#options.onError);
    } catch (error) {
      // Its turn came when the store could not note the attempt any more, so nothing was sent.
      return { reply: this.failureReply(error), note: "not-forwarded" };
    }
  }

  /**
   * Runs beside the reply: tells everyone who looks how each delivery ended.
   * @param noted what the sender was told, once it is stored, where that is not done with a delivery
   */
  async #record(
    stored: StoredRequest,
    started: readonly StartedDelivery[],
    budgetMs: number,
    noted?: Promise<SentReply>,
  ): Promise<void> {
    const { feed } = this.#options;
    this.#recording.begin();
    try {
      const request = noted ? { ...stored, reply: await noted } : stored;
      const settled = started.map(async (delivery, index) => {
        const ended = await delivery.settled;
        const attempt = ended.attempts.at(-1);
        const { seq } = ended;
        // Only the first target's answer is what the provider waits for.
        const ackBudgetMs = index === 0 ? budgetMs : undefined;
        if (attempt)
          feed.publish({ kind: "attempt", seq, request, delivery: ended, attempt, elsewhere: false, ackBudgetMs });
        return ended;
      });
      const ends = await Promise.allSettled(settled);
      for (const end of ends) if (end.status === "rejected") this.failureReply(end.reason);
      const deliveries = ends.flatMap((end) => (end.status === "fulfilled" ? [end.value] : []));
      feed.publish({ kind: "settled", request, deliveries });
    } catch (error) {
      this.failureReply(error);
    } finally {
      this.#recording.end();
    }
  }

  #routesFor(request: CapturedRequest, event: EventFacts): readonly Route[] {
    const { forwarder, clock } = this.#options;
    return targetsOf(request, event, this.#options, clock.nowMs()).map((target) => forwarder.route(request, target));
  }
}
