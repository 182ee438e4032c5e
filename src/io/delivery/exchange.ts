import type { Dispatcher } from "undici";
import { BodyCollector } from "../../core/model/body-collector.ts";
import { type Body, type BodySink, EMPTY_BODY } from "../../core/model/body.ts";
import type { ByteBudget } from "../../core/model/byte-budget.ts";
import { MAX_STORED_RESPONSE_BYTES, type Outcome } from "../../core/model/delivery.ts";
import { type HeaderPairs, toWire } from "../../core/model/headers.ts";
import type { Reply } from "../../core/model/reply.ts";
import { failureOf } from "./failure.ts";
import { type Line, type OnLine, Writing } from "./line.ts";
import { PassOn } from "./pass-on.ts";
import { patientTimeout } from "./patient-timeout.ts";

/** One HTTP message to be sent exactly as it stands. */
export interface OutgoingRequest {
  readonly method: string;
  /** Path and query, verbatim. */
  readonly path: string;
  /** With host and content-length. */
  readonly headers: HeaderPairs;
  readonly body: Body;
}

export interface SendOptions {
  /** For the whole exchange, connection and body included. 0: no limit but the 10 s that a connection may take. */
  readonly timeoutMs: number;
  /** Somebody waits for the response while it arrives. */
  readonly isRelayed: boolean;
  /** Opens a file for a response too large for memory. */
  readonly openSink: () => Promise<BodySink>;
  /** Over a connection that is made for it and closed behind it. */
  readonly isAlone?: boolean;
  /** What all responses that are in memory take of it; undefined: as much as they are. */
  readonly memory?: ByteBudget | undefined;
}

/** How an attempt ended, and how long it took. */
export interface EndedExchange {
  readonly outcome: Outcome;
  readonly durationMs: number;
  /**
   * The target closed a connection that had been kept open, and nothing speaks against sending once more: nothing of the
   * request went out, or its method allows it.
   */
  readonly mayRepeat: boolean;
}

interface ResponseHead {
  readonly status: number;
  readonly statusText: string;
  readonly headers: HeaderPairs;
}

class TotalTimeout extends Error {
  readonly code = "ETIMEDOUT";
}

/** One attempt on the wire: collects the response for the store and, where somebody waits, relays it while it arrives. */
export class Exchange implements OnLine {
  /** Never rejects. */
  readonly ended: Promise<EndedExchange>;
  readonly #startedMs = performance.now();
  readonly #collector: BodyCollector;
  readonly #passOn: PassOn | undefined;
  readonly #stopTimer: (() => void) | undefined;
  readonly #method: string;
  #writing: Writing | undefined;
  /** Something of a response has come. */
  #hasBegun = false;
  #controller: Dispatcher.DispatchController | undefined;
  #head: ResponseHead | undefined;
  #abortedBy: Error | undefined;
  #isOver = false;
  /** Pieces that are being written. */
  #storing = 0;
  #isPassOnFull = false;
  #end: (ended: EndedExchange) => void = () => undefined;

  constructor(method: string, { timeoutMs, isRelayed, openSink, memory }: SendOptions) {
    this.#method = method;
    this.ended = new Promise((resolve) => (this.#end = resolve));
    this.#collector = new BodyCollector(MAX_STORED_RESPONSE_BYTES, openSink, memory);
    this.#passOn = isRelayed ? new PassOn(this.#takesMore, memory) : undefined;
    if (timeoutMs > 0) {
      this.#stopTimer = patientTimeout(timeoutMs, () => {
        const missing = this.#controller ? "no whole response" : "no connection";
        this.#abort(new TotalTimeout(`${missing} within ${timeoutMs} ms`));
      });
    }
  }

  /** The response as soon as it can be passed on; undefined where there is none. Only with `isRelayed`. */
  get reply(): Promise<Reply | undefined> {
    return this.#passOn?.reply ?? Promise.resolve(undefined);
  }

  /** The response is stored: it is not kept in memory for that any more. */
  giveBack(): void {
    this.#collector.giveBack();
  }

  onLine(line: Line): void {
    this.#writing = new Writing(line);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    this.#writing?.begin();
    if (this.#abortedBy) controller.abort(this.#abortedBy);
  }

  onBodySent(): void {
    this.#writing?.note();
  }

  onRequestSent(): void {
    this.#writing?.note();
  }

  onResponseStarted(): void {
    this.#hasBegun = true;
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    _headers: unknown,
    statusText?: string,
  ): void {
    // 103 and its like announce; the response is still to come.
    if (status < 200) return;
    const raw = (controller.rawHeaders ?? []) as readonly (Buffer | string)[];
    const headers = raw.map((part) => (typeof part === "string" ? part : part.toString("latin1")));
    this.#head = { status, statusText: asOnWire(statusText ?? ""), headers };
    this.#passOn?.begin(this.#head);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    // When a paused response goes on, undici's parser may hand over an empty piece; a pause that begins with it would
    // never end.
    if (this.#isOver || chunk.length === 0) return;
    const waiting = this.#collector.add(chunk);
    this.#isPassOnFull = this.#passOn?.push(chunk) === false;
    if (!waiting && !this.#isPassOnFull) return;
    controller.pause();
    if (waiting) void this.#goOnAfter(waiting);
  }

  /** A body that finds no room is not stored; whoever waits for it gets it all the same. */
  async #goOnAfter(storing: Promise<void>): Promise<void> {
    this.#storing += 1;
    await storing.catch(async () => this.#collector.giveUp());
    this.#storing -= 1;
    this.#goOn();
  }

  readonly #takesMore = (): void => {
    this.#isPassOnFull = false;
    this.#goOn();
  };

  /** The target is read on when both have taken what came: a quick reader does not make a slow disk quicker. */
  #goOn(): void {
    if (this.#storing === 0 && !this.#isPassOnFull) this.#controller?.resume();
  }

  onResponseEnd(): void {
    if (this.#isOver) return;
    const durationMs = this.#stop();
    const head = this.#head;
    const body = this.#collector.finish();
    if (!head) return this.onResponseError(undefined, new Error("the response ended before it began"));
    this.#passOn?.end();
    const end = (stored: Awaited<typeof body>): void => {
      const response = { ...head, body: stored, bodySizeBytes: this.#collector.seenBytes };
      this.#end({ outcome: { kind: "response", response }, durationMs, mayRepeat: false });
    };
    if (body instanceof Promise) {
      body.then(end, () => {
        void this.#collector.giveUp();
        end(EMPTY_BODY);
      });
    } else end(body);
  }

  onResponseError(_controller: unknown, error: Error): void {
    if (!this.#isOver) this.#fail(error, this.#stop());
  }

  #abort(reason: Error): void {
    this.#abortedBy = reason;
    // Before the connection stands there is no controller yet; the outcome does not wait for one.
    this.#controller?.abort(reason);
    this.onResponseError(undefined, reason);
  }

  #stop(): number {
    this.#isOver = true;
    this.#stopTimer?.();
    return performance.now() - this.#startedMs;
  }

  #fail(error: Error, durationMs: number): void {
    void this.#collector.discard();
    this.#passOn?.fail(error);
    // Our own client was closed under it: that says nothing about the target.
    const isInterrupted = (error as NodeJS.ErrnoException).code === "UND_ERR_DESTROYED";
    if (isInterrupted) return this.#end({ outcome: { kind: "interrupted" }, durationMs, mayRepeat: false });
    const { reason, detail } = failureOf(error, this.#head !== undefined);
    const lost = reason === "reset" && !this.#hasBegun ? this.#writing : undefined;
    const mayRepeat = lost?.mayRepeat(this.#method, error) === true;
    const said = lost?.isOnKeptConnection(error) === true ? `${detail}${keptWords(mayRepeat)}` : detail;
    this.#end({ outcome: { kind: "no-response", reason, detail: said }, durationMs, mayRepeat });
  }
}

function keptWords(mayRepeat: boolean): string {
  return `, on a connection that had been kept open${mayRepeat ? "" : ": your app may not have seen it"}`;
}

/** undici reads a phrase as UTF-8, and what is none is lost to `?`. Like a header it is kept as one character a byte. */
function asOnWire(phrase: string): string {
  return toWire(phrase.replaceAll("\u{fffd}", "?"));
}
