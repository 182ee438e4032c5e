import type { Clock } from "../../core/model/clock.ts";
import { HookcliError } from "../../core/model/errors.ts";
import type { EventFacts } from "../../core/model/event-facts.ts";
import type { Reply } from "../../core/model/reply.ts";
import type { CapturedRequest, Refusal, SentReply, StoredRequest } from "../../core/model/request.ts";
import type { NamedHandshakeAnswer } from "../../core/schemes/handshakes/handshake.ts";
import type { Store } from "../../io/store/store.ts";
import type { Examined } from "./examine.ts";
import type { Feed } from "./feed.ts";
import type { Forwarder, Route } from "./forwarder.ts";
import { Deliveries, type StartedDelivery } from "./deliveries.ts";
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
  storeTroubleReply,
} from "./replies.ts";
import { type Routing, targetsOf } from "./routing.ts";
import { Tally } from "./tally.ts";

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
}

/** What the pipeline may ask about the one who waits for its reply. */
export interface Sender {
  isGone(): boolean;
}

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
      if (handshake) return await this.#shakeHands(request, event, handshake);
      const refusal = refuseStatus === undefined ? undefined : signatureRefusal(refuseStatus, event.verdict);
      if (refusal) return await this.#refuse({ ...request, refusal }, event, refusal);
      if (routes.length === 0) return await this.#capture(request, event);
      return await this.#forward(request, examined, routes, sender);
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
      return { event: {}, ackBudgetMs: Infinity, handshake: () => undefined };
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
    const { request } = await store.insertRequest(captured, { event, reply });
    feed.publish({ kind: "request", request });
    feed.publish({ kind: "settled", request, deliveries: [] });
    return request.id;
  }

  async #forward(
    request: CapturedRequest,
    { event, ackBudgetMs }: Examined,
    routes: readonly Route[],
    sender: Sender,
  ): Promise<Reply> {
    const { store, feed } = this.#options;
    const plans = routes.map((route) => this.#deliveries.plan(route, "forward"));
    const deliveries = plans.map(({ row }) => row);
    const inserted = await store.insertRequest(request, { event, deliveries }).catch((error: unknown) => {
      for (const plan of plans) this.#deliveries.cancel(plan);
      throw error;
    });
    const stored = inserted.request;
    feed.publish({ kind: "request", request: stored });
    const told = Promise.withResolvers<SentReply>();
    const started = plans.map((plan, index) =>
      this.#deliveries.start(stored, plan, inserted.deliveryIds[index] ?? 0, index === 0 ? told.promise : undefined),
    );
    const { reply, note } = await this.#replyFrom(stored, started[0]);
    const sent: SentReply = { status: reply.status, note: sender.isGone() ? "sender-gone" : note };
    told.resolve(sent);
    void this.#record({ ...stored, reply: sent }, started, ackBudgetMs);
    return reply;
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

  /** Runs beside the reply: tells everyone who looks how each delivery ended. */
  async #record(request: StoredRequest, started: readonly StartedDelivery[], budgetMs: number): Promise<void> {
    const { feed } = this.#options;
    this.#recording.begin();
    try {
      const settled = started.map(async (delivery, index) => {
        const ended = await delivery.settled;
        const attempt = ended.attempts.at(-1);
        // Only the first target's answer is what the provider waits for.
        const ackBudgetMs = index === 0 ? budgetMs : undefined;
        if (attempt)
          feed.publish({ kind: "attempt", request, delivery: ended, attempt, elsewhere: false, ackBudgetMs });
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
