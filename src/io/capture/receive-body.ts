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
    request.once("end", () => this.#finish("complete"));
    request.once("close", () =>
      this.breakOff({ status: 400, code: "sender-left", reason: "the sender left mid-body" }),
    );
    request.on("error", () => this.breakOff({ status: 400, code: "sender-left", reason: "the sender left mid-body" }));
  }

  /** Milliseconds since anything arrived. */
  idleMs(): number {
    return this.#clock.monotonicMs() - this.#lastActivityMs;
  }

  /** No more will come: keeps what is there. */
  breakOff(refusal: Refusal): void {
    this.#finish("partial", refusal);
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

  #continue(): void {
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
    void this.#collector.discard();
    this.#reject(error);
  };
}

/** Also told before the body, to a sender that asks with `Expect: 100-continue`. */
export function tooLarge(limitBytes: number): Refusal {
  return {
    status: 413,
    code: "body-too-large",
    reason: `the body is larger than ${limitBytes} bytes (listen --max-body)`,
  };
}
