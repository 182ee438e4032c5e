import type { IncomingMessage } from "node:http";
import type { ByteBudget } from "../../core/model/byte-budget.ts";
import type { Clock } from "../../core/model/clock.ts";
import type { Body, BodySink } from "../../core/model/body.ts";
import { BodyCollector } from "../../core/model/body-collector.ts";
import type { Completeness, Refusal } from "../../core/model/request.ts";
import type { BodyPace } from "./limits.ts";
import type { SpoolTurns } from "./spool-turns.ts";

export interface ReceivedBody {
  readonly body: Body;
  readonly completeness: Completeness;
  /** Why it is not complete, and what to tell the sender. */
  readonly refusal?: Refusal | undefined;
}

export interface ReceiveOptions {
  readonly maxBodyBytes: number;
  readonly clock: Clock;
  readonly openSink: () => Promise<BodySink>;
  /** What bodies that are in memory take of it; undefined: as much as it is. */
  readonly memory?: ByteBudget | undefined;
  /** The connection that it comes on: read no further while the body cannot be taken. */
  readonly source: Held;
  /** Undefined: it is read on as soon as it can be. */
  readonly turns?: SpoolTurns | undefined;
}

interface Held {
  readonly isHeld: boolean;
  hold(): void;
  letGo(): void;
}

/** One body on its way in. */
export class BodyReception {
  /** Rejects only when the body could not be spooled. */
  readonly received: Promise<ReceivedBody>;
  readonly #request: IncomingMessage;
  readonly #clock: Clock;
  readonly #collector: BodyCollector;
  readonly #limitBytes: number;
  readonly #source: Held;
  readonly #turns: SpoolTurns | undefined;
  #startedMs: number;
  #lastActivityMs: number;
  #lookedMs: number;
  #isWaiting = false;
  #waitingFor: Promise<void> | undefined;
  #isOver = false;
  #resolve: (received: ReceivedBody | Promise<ReceivedBody>) => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;

  constructor(request: IncomingMessage, { maxBodyBytes, clock, openSink, memory, source, turns }: ReceiveOptions) {
    this.#request = request;
    this.#clock = clock;
    this.#limitBytes = maxBodyBytes;
    this.#source = source;
    this.#turns = turns;
    this.#collector = new BodyCollector(maxBodyBytes, openSink, memory);
    this.#startedMs = clock.monotonicMs();
    this.#lastActivityMs = this.#startedMs;
    this.#lookedMs = this.#startedMs;
    this.received = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    request.on("data", this.#take);
    request.on("end", this.#whole);
    request.on("close", this.#left);
    request.on("error", this.#left);
  }

  /** How it has come so far. To be called now and then: a time in which nobody read is left out where it was seen. */
  pace(): BodyPace {
    const nowMs = this.#clock.monotonicMs();
    if (this.#source.isHeld) {
      this.#startedMs += nowMs - this.#lookedMs;
      this.#lastActivityMs = nowMs;
    }
    this.#lookedMs = nowMs;
    const bytes = this.#collector.seenBytes;
    return { bytes, forMs: nowMs - this.#startedMs, idleMs: nowMs - this.#lastActivityMs };
  }

  /** Too much has been read of all bodies: this one waits for its turn. */
  stop(): void {
    if (this.#isOver || this.#isWaiting) return;
    this.#source.hold();
    this.#letGoInTurn();
  }

  /** The body is not in memory any more, or not for the sake of this request. */
  giveBack(): void {
    this.#collector.giveBack();
  }

  /** No more will come: keeps what is there. A body that is whole all the same is none the worse for it. */
  breakOff(refusal: Refusal): void {
    if (this.#isOver) return;
    this.#takeBuffered();
    if (this.#collector.isOverLimit) this.#finish("truncated", tooLarge(this.#limitBytes));
    else if (this.#request.complete) this.#finish("complete");
    else this.#finish("partial", refusal);
  }

  /** No more is wanted: the sender announced more than is kept. */
  refuse(refusal: Refusal): void {
    this.#finish("truncated", refusal);
  }

  readonly #take = (chunk: Buffer): void => {
    if (this.#isOver) return;
    this.#lastActivityMs = this.#clock.monotonicMs();
    const waiting = this.#collector.add(chunk);
    if (waiting) {
      // The connection is held, and not the request paused: thousands of other pieces may have been read together with this
      // one, and would pile up in the request.
      if (!this.#isWaiting) this.#source.hold();
      this.#isWaiting = true;
      this.#waitingFor = waiting;
      this.#turns?.began(chunk.length);
      waiting.finally(() => this.#turns?.ended(chunk.length)).then(() => this.#continue(waiting), this.#fail);
    } else if (this.#collector.isOverLimit) this.#finish("truncated", tooLarge(this.#limitBytes));
  };

  readonly #whole = (): void => this.#finish("complete");

  readonly #left = (): void => this.breakOff(SENDER_LEFT);

  /** The parser hands pieces to the stream, which passes them on a tick later: some may still wait there. */
  #takeBuffered(): void {
    this.#request.off("data", this.#take);
    for (;;) {
      const chunk = this.#request.read() as Buffer | null;
      if (chunk === null) break;
      // Each piece is written after the one before it. A failure is kept, and seen when the body is finished.
      void this.#collector.add(chunk)?.catch(() => undefined);
    }
    // Whatever still comes is read and dropped.
    this.#request.resume();
  }

  #continue(waited: Promise<void>): void {
    // Another piece has come meanwhile, and its write is waited for too.
    if (this.#waitingFor !== waited) return;
    this.#lastActivityMs = this.#clock.monotonicMs();
    if (this.#collector.isOverLimit) this.#finish("truncated", tooLarge(this.#limitBytes));
    this.#goOn();
  }

  #goOn(): void {
    if (!this.#isWaiting) return;
    this.#isWaiting = false;
    this.#waitingFor = undefined;
    this.#letGoInTurn();
  }

  #letGoInTurn(): void {
    if (this.#turns) this.#turns.wait(() => this.#source.letGo());
    else this.#source.letGo();
  }

  #finish(completeness: Completeness, refusal?: Refusal): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#goOn();
    const body = this.#collector.finish();
    if (body instanceof Promise) body.then((file) => this.#resolve({ body: file, completeness, refusal }), this.#fail);
    else this.#resolve({ body, completeness, refusal });
  }

  readonly #fail = (error: unknown): void => {
    this.#isOver = true;
    this.#goOn();
    // The rest is read and dropped: a sender that first sends everything must get to see its reply.
    this.#request.resume();
    void this.#collector.discard();
    this.#reject(error);
  };
}

/** Nobody is there to be told, but the record says it. */
export const SENDER_LEFT: Refusal = { status: 400, code: "sender-left", reason: "the sender left mid-body" };

/** Also told before the body, to a sender that asks with `Expect: 100-continue`. */
export function tooLarge(limitBytes: number): Refusal {
  return {
    status: 413,
    code: "body-too-large",
    reason: `the body is larger than ${limitBytes} bytes (listen --max-body)`,
  };
}
