import type { IncomingMessage } from "node:http";
import type { Clock } from "../../core/model/clock.ts";
import type { Body, BodySink } from "../../core/model/body.ts";
import { BodyCollector } from "../../core/model/body-collector.ts";
import type { Completeness, Refusal } from "../../core/model/request.ts";

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
}

/** One body on its way in. */
export class BodyReception {
  /** Rejects only when the body could not be spooled. */
  readonly received: Promise<ReceivedBody>;
  readonly #request: IncomingMessage;
  readonly #clock: Clock;
  readonly #collector: BodyCollector;
  readonly #limitBytes: number;
  #lastActivityMs: number;
  #isOver = false;
  #resolve: (received: ReceivedBody | Promise<ReceivedBody>) => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;

  constructor(request: IncomingMessage, { maxBodyBytes, clock, openSink }: ReceiveOptions) {
    this.#request = request;
    this.#clock = clock;
    this.#limitBytes = maxBodyBytes;
    this.#collector = new BodyCollector(maxBodyBytes, openSink);
    this.#lastActivityMs = clock.monotonicMs();
    this.received = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    request.on("data", this.#take);
    request.on("end", this.#whole);
    request.on("close", this.#left);
    request.on("error", this.#left);
  }

  /** Milliseconds since anything arrived. */
  idleMs(): number {
    return this.#clock.monotonicMs() - this.#lastActivityMs;
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
      this.#request.pause();
      waiting.then(() => this.#continue(), this.#fail);
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
      // Pieces are queued behind each other; a failure is seen when the body is finished.
      void this.#collector.add(chunk)?.catch(() => undefined);
    }
    // What may come after all is read and dropped.
    this.#request.resume();
  }

  #continue(): void {
    this.#lastActivityMs = this.#clock.monotonicMs();
    if (this.#collector.isOverLimit) this.#finish("truncated", tooLarge(this.#limitBytes));
    this.#request.resume();
  }

  #finish(completeness: Completeness, refusal?: Refusal): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const body = this.#collector.finish();
    if (body instanceof Promise) body.then((file) => this.#resolve({ body: file, completeness, refusal }), this.#fail);
    else this.#resolve({ body, completeness, refusal });
  }

  readonly #fail = (error: unknown): void => {
    this.#isOver = true;
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
