import type { Attempt } from "../../../core/model/delivery.ts";
import { isDelivered } from "../../../core/model/delivery.ts";
import { HookcliError } from "../../../core/model/errors.ts";
import { seededRandom } from "../../../core/model/seeded.ts";
import type { Target } from "../../../core/model/target.ts";
import { MessageView } from "../../../core/schemes/message-view.ts";
import { readPlace } from "../../../core/schemes/places.ts";
import { type EventSlot, eventOrder } from "../../../app/sending/event-order.ts";
import type { EventSource } from "../../../app/sending/event-source.ts";
import type { EventSender, PreparedEvent } from "../../../app/sending/send-event.ts";
import type { OutgoingEvent } from "../../../app/sending/compose-event.ts";
import { Outcomes, runPaced } from "../../running/paced-run.ts";
import { EXIT, type ExitCode } from "../../terminal/exit.ts";
import { adviceAfter } from "../../words/no-answer-words.ts";
import { styled } from "../../terminal/printer.ts";
import type { SendRenderer, SentEvent } from "./send-renderer.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import type { SendFlags } from "./read-flags.ts";
import { printWouldSend } from "./dry-run.ts";

export interface SendContext {
  readonly at: Surroundings;
  readonly asked: SendFlags;
  /** As they are shown, in the order of the types that were asked for. */
  readonly types: readonly string[];
  readonly targets: readonly Target[];
  readonly source: EventSource;
  readonly sender: EventSender;
  /** Whether there is a secret to sign with. */
  readonly isSigned: boolean;
  readonly renderer: SendRenderer;
}

/** One event on its way: built when its turn comes. */
interface Turn {
  readonly slot: EventSlot;
  readonly event: OutgoingEvent;
}

/** How an event is shown. */
type EventNames = Pick<SentEvent, "provider" | "eventId" | "eventType">;

/** One call of `send`: makes each event when its turn comes, sends it to every target, and prints what came of it. */
export class SendRun {
  readonly #context: SendContext;
  readonly #outcomes = new Outcomes();
  #hasSaidUnsigned = false;

  constructor(context: SendContext) {
    this.#context = context;
  }

  /** @throws EVENT_UNANSWERED where a target gave no answer, and what keeps all of them from being sent */
  async run(): Promise<ExitCode> {
    const { at, asked, renderer } = this.#context;
    const ended = new AbortController();
    if (asked.rounds * asked.copies > MOST_UNCARED) void keepHeap(at, ended.signal);
    try {
      return await runPaced({
        at,
        order: this.#turns(),
        pace: {
          concurrency: asked.concurrency,
          intervalMs: asked.ratePerSecond === undefined ? 0 : 1000 / asked.ratePerSecond,
          keepsRate: true,
        },
        send: async (turn) => this.#one(turn),
        seed: asked.isJson ? undefined : asked.seed,
        note: (text) => renderer.note(text),
        finished: async () => this.#outcomes.exitCode(),
        summary: () => renderer.summary(),
      });
    } finally {
      ended.abort();
    }
  }

  /** Prints all that would be sent, and sends nothing. */
  async print(): Promise<ExitCode> {
    const { at, asked, targets, sender } = this.#context;
    for (const { event, slot } of this.#turns()) {
      if (at.outSink.isClosed) break;
      for (const target of targets) {
        const prepared = await sender.prepare(event, target);
        this.#sayUnsigned(event, prepared);
        const would = { ...this.#named(slot, event, prepared), faults: this.#faults, prepared };
        await printWouldSend(at, would, asked.isJson);
      }
    }
    if (!asked.isJson) at.err.line("nothing was sent (--dry-run)");
    return EXIT.ok;
  }

  *#turns(): Generator<Turn, void, undefined> {
    const { asked, types, source } = this.#context;
    const random = asked.seed === undefined ? undefined : seededRandom(asked.seed);
    const order = eventOrder({ rounds: asked.rounds, events: types.length, copies: asked.copies, random });
    for (const slot of order) yield { slot, event: source.event(slot) };
  }

  async #one(turn: Turn): Promise<void> {
    const { targets, at } = this.#context;
    await Promise.all(targets.map(async (target) => this.#sendTo(turn, target)));
    await at.out.flushed();
  }

  async #sendTo({ slot, event }: Turn, target: Target): Promise<void> {
    const { sender, renderer } = this.#context;
    const prepared = await sender.prepare(event, target);
    this.#sayUnsigned(event, prepared);
    const attempt = await sender.send(prepared);
    const { url } = prepared.route;
    renderer.one({
      ...this.#named(slot, event, prepared),
      copy: slot.copy,
      url,
      isSigned: prepared.isSigned,
      faults: this.#faults,
      attempt,
    });
    this.#outcomes.add(isDelivered(attempt.outcome), noAnswer(url, attempt));
  }

  /** A secret was there, and nothing to use it on. */
  #sayUnsigned({ scheme }: OutgoingEvent, { isSigned }: PreparedEvent): void {
    if (isSigned || !this.#context.isSigned || this.#hasSaidUnsigned) return;
    this.#hasSaidUnsigned = true;
    const why = `this body has no place for what ${scheme.title} signs`;
    this.#context.renderer.note(styled("note: ", "wait"), `not signed: ${why} (hookcli providers ${scheme.name})`);
  }

  /** A copy is marked as such. */
  get #faults(): readonly string[] {
    return this.#context.asked.faults.filter(({ change }) => change.stage !== "copies").map(({ name }) => name);
  }

  #named({ index }: EventSlot, { scheme }: OutgoingEvent, { request }: PreparedEvent): EventNames {
    const eventId = scheme.eventId === undefined ? undefined : readPlace(new MessageView(request), scheme.eventId);
    return { provider: scheme.name, eventId, eventType: this.#context.types[index] ?? "" };
  }
}

/** So few leave the memory as it is. */
const MOST_UNCARED = 1000;

async function keepHeap({ clock }: Surroundings, signal: AbortSignal): Promise<void> {
  const { keepHeapSmall } = await import("../../running/heap.ts");
  await keepHeapSmall(clock, signal);
}

function noAnswer(url: string, { outcome }: Attempt): HookcliError | undefined {
  if (outcome?.kind !== "no-response") return undefined;
  const { reason, detail } = outcome;
  return new HookcliError("EVENT_UNANSWERED", { url, reason, detail, advice: adviceAfter(reason) });
}
