import type { IncomingMessage, ServerResponse } from "node:http";
import { type BodySink, bytesBody, EMPTY_BODY } from "../../core/model/body.ts";
import type { Clock } from "../../core/model/clock.ts";
import { jsonReply, type Reply } from "../../core/model/reply.ts";
import type { CapturedRequest, Refusal } from "../../core/model/request.ts";
import type { Connection } from "./connection.ts";
import { judgeHead } from "./judge-head.ts";
import type { CaptureLimits } from "./limits.ts";
import type { LenientHead } from "./malformed.ts";
import { BodyReception, type ReceivedBody, tooLarge } from "./receive-body.ts";
import { writeRawReply, writeReply } from "./write-reply.ts";

/** What the handler may ask about the one who waits for its reply. */
export interface Sender {
  /** The connection is gone: no reply will reach it. */
  isGone(): boolean;
}

export interface CaptureOptions {
  readonly limits: CaptureLimits;
  readonly clock: Clock;
  /** Opens a file for a body too large for memory. */
  readonly openSink: () => Promise<BodySink>;
  /** Stores, forwards, answers. Never rejects. */
  readonly handle: (request: CapturedRequest, sender: Sender) => Promise<Reply>;
  /** The reply where a body could not be spooled, so that there is nothing to store. */
  readonly onSpoolFailure: (error: unknown) => Reply;
}

/** Requests between their head and their reply. */
export class Exchanges {
  readonly #options: CaptureOptions;
  readonly #receptions = new Set<BodyReception>();
  #open = 0;
  #isDraining = false;
  #whenIdle: (() => void) | undefined;

  constructor(options: CaptureOptions) {
    this.#options = options;
  }

  /** Replies close their connections from now on; resolves when the last one is written. */
  async drain(): Promise<void> {
    this.#isDraining = true;
    if (this.#open > 0) await new Promise<void>((resolve) => (this.#whenIdle = resolve));
  }

  /** Ends bodies whose sender has paused for too long. */
  breakOffIdle(): void {
    const { idleBodyTimeoutMs } = this.#options.limits;
    const refusal = { status: 408, code: "body-timeout", reason: "the rest of the body did not arrive in time" };
    for (const reception of this.#receptions) if (reception.idleMs() > idleBodyTimeoutMs) reception.breakOff(refusal);
  }

  /**
   * One well-framed request: receives its body, has it handled, answers. Never rejects.
   * @param isTooMuch the sender asked before sending a body that is too large
   */
  async serve(
    request: IncomingMessage,
    response: ServerResponse,
    connection: Connection,
    isTooMuch = false,
  ): Promise<void> {
    this.#begin();
    connection.requestBegan(response);
    try {
      const receivedAtMs = this.#options.clock.nowMs();
      const startedMs = this.#options.clock.monotonicMs();
      const received = await this.#receive(request, connection, isTooMuch);
      const captured = this.#toCaptured(request, received, connection, receivedAtMs, startedMs);
      const sender = { isGone: () => response.destroyed || request.socket.destroyed };
      const reply = await this.#options.handle(captured, sender);
      await this.#answer(request, response, connection, reply, captured.refusal !== undefined);
    } catch (error) {
      await this.#answer(request, response, connection, this.#options.onSpoolFailure(error), true);
    } finally {
      this.#end();
    }
  }

  /** Bytes on which HTTP parsing ended: stored as they came, answered after the replies that are still owed. */
  refuse(connection: Connection, refusal: Refusal, head: LenientHead, bytes?: Buffer): void {
    this.#begin();
    connection.isOver = true;
    const captured: CapturedRequest = {
      ...head,
      trailers: [],
      body: bytes ? bytesBody(bytes) : EMPTY_BODY,
      receivedAtMs: this.#options.clock.nowMs(),
      receiveDurationMs: 0,
      remoteAddress: connection.remoteAddress,
      origin: "capture",
      completeness: bytes ? "malformed" : "complete",
      refusal,
    };
    const sender = { isGone: () => connection.socket.destroyed };
    void this.#options
      .handle(captured, sender)
      .then((reply) => connection.whenSettled(() => this.#sayLastWord(connection, reply)))
      .finally(() => this.#end());
  }

  /** Answers a connection that is not worth a record. */
  hangUp(connection: Connection, refusal: Refusal): void {
    connection.isOver = true;
    this.#sayLastWord(connection, jsonReply(refusal.status, { error: refusal.reason }));
  }

  async #receive(request: IncomingMessage, connection: Connection, isTooMuch: boolean): Promise<ReceivedBody> {
    const { limits, clock, openSink } = this.#options;
    const reception = new BodyReception(request, { maxBodyBytes: limits.maxBodyBytes, clock, openSink });
    if (isTooMuch) reception.refuse(tooLarge(limits.maxBodyBytes));
    this.#receptions.add(reception);
    connection.breakOff = (refusal) => reception.breakOff(refusal);
    try {
      return await reception.received;
    } finally {
      connection.breakOff = undefined;
      this.#receptions.delete(reception);
    }
  }

  #toCaptured(
    request: IncomingMessage,
    received: ReceivedBody,
    connection: Connection,
    receivedAtMs: number,
    startedMs: number,
  ): CapturedRequest {
    const head = { method: request.method ?? "", httpVersion: request.httpVersion, headers: request.rawHeaders };
    const judged = judgeHead(head);
    return {
      ...head,
      target: request.url ?? "",
      trailers: request.rawTrailers,
      body: received.body,
      receivedAtMs,
      receiveDurationMs: this.#options.clock.monotonicMs() - startedMs,
      remoteAddress: connection.remoteAddress,
      origin: "capture",
      completeness: judged?.malformed === true ? "malformed" : received.completeness,
      refusal: judged?.refusal ?? received.refusal,
    };
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
    connection: Connection,
    reply: Reply,
    isLast: boolean,
  ): Promise<void> {
    const close = isLast || this.#isDraining;
    if (close) connection.closePatiently();
    try {
      await writeReply(response, reply, { close, isHead: request.method === "HEAD" });
    } catch {
      // A status, phrase or header from the target that HTTP does not allow: the sender sees a cut connection.
      response.destroy();
    }
  }

  #sayLastWord(connection: Connection, reply: Reply): void {
    writeRawReply(connection.socket, reply);
    connection.closePatiently();
    connection.socket.destroySoon();
  }

  #begin(): void {
    this.#open += 1;
  }

  #end(): void {
    this.#open -= 1;
    if (this.#open === 0) this.#whenIdle?.();
  }
}
