import type { IncomingMessage, ServerResponse } from "node:http";
import { type BodySink, bytesBody, EMPTY_BODY } from "../../core/model/body.ts";
import type { Clock } from "../../core/model/clock.ts";
import { jsonReply, REASON_HEADER, type Reply, type ReplyManner } from "../../core/model/reply.ts";
import type { CapturedRequest, Refusal } from "../../core/model/request.ts";
import type { Connection } from "./connection.ts";
import { eventOrClose } from "./event-or-close.ts";
import { judgeRequest } from "./judge-request.ts";
import type { CaptureLimits } from "./limits.ts";
import type { LenientHead } from "./malformed.ts";
import { misbehave } from "./misbehave.ts";
import { BodyReception, type ReceivedBody, tooLarge } from "./receive-body.ts";
import { endsConnection } from "./ends-connection.ts";
import { type WriteOptions, writeRawReply, writeReply } from "./write-reply.ts";

/** Both ends of a connection as they were when it began, each as address and port. The same object for all its requests. */
export interface Ends {
  readonly remoteAddress: string;
  readonly localAddress: string;
}

/** What the handler may ask about the one who waits for its reply. */
export interface Sender {
  readonly ends: Ends;
  /** The connection is gone, or given up on: no reply will be heard. */
  isGone(): boolean;
  /** Resolves when the reply is out, or nobody is left to take it: whether the sender was there for all of it. */
  heard(): Promise<boolean>;
  /** Aborts when the sender is gone, or the server drains or closes: nobody is made to wait any longer. */
  left(): AbortSignal;
  /** Aborts when the server drains or closes. */
  readonly ending: AbortSignal;
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
  readonly #ending = new AbortController();
  #whenIdle: (() => void) | undefined;

  constructor(options: CaptureOptions) {
    this.#options = options;
  }

  /** Requests whose body is still on its way in. */
  get arrivingCount(): number {
    return this.#receptions.size;
  }

  /** Replies close their connections from now on, and none is held back; resolves when the last one is written. */
  async drain(): Promise<void> {
    this.endWaiting();
    if (this.#open > 0) await new Promise<void>((resolve) => (this.#whenIdle = resolve));
  }

  /** Whoever holds a reply back has to go on. */
  endWaiting(): void {
    this.#ending.abort();
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
    // Once for the handling, once for the reply: a sender may be gone long before its request is dealt with.
    this.#begin();
    this.#begin();
    try {
      const before = connection.owed > 0 ? connection.arriving : undefined;
      const receiving = this.#receive(request, response, connection, isTooMuch);
      const arriving = before === undefined ? receiving : following(before, receiving);
      connection.arriving = arriving;
      const captured = await arriving;
      const sender = this.#sender(connection, response);
      const reply = await this.#options.handle(captured, sender);
      const isLast = captured.refusal !== undefined || connection.endsWith(request);
      await this.#answer(request, response, { connection, reply, isLast });
    } catch (error) {
      connection.isLast = true;
      await this.#answer(request, response, { connection, reply: this.#options.onSpoolFailure(error), isLast: true });
    } finally {
      this.ended();
    }
  }

  /** Bytes on which HTTP parsing ended: stored as they came, answered after the replies that are still owed. */
  refuse(connection: Connection, refusal: Refusal, head: LenientHead, bytes?: Buffer): void {
    this.#begin();
    connection.endHttp();
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
    void this.#refuse(connection, captured).finally(() => this.ended());
  }

  /** Answers a connection that is not worth a record. */
  hangUp(connection: Connection, refusal: Refusal): void {
    connection.endHttp();
    const { status, code, reason } = refusal;
    const reply = jsonReply(status, { error: reason, code }, [REASON_HEADER, code]);
    connection.whenSettled(() => this.#sayLastWord(connection, reply));
  }

  /** One step of an exchange is over. Also called for each reply that is out, or that nobody is left to take. */
  readonly ended = (): void => {
    this.#open -= 1;
    if (this.#open === 0) this.#whenIdle?.();
  };

  async #refuse(connection: Connection, captured: CapturedRequest): Promise<void> {
    // The request before it may be whole for the parser, and still on its way through the stream.
    await connection.arriving?.catch(() => undefined);
    const sender = this.#sender(connection);
    const reply = await this.#options.handle(captured, sender);
    connection.whenSettled(() => this.#sayLastWord(connection, reply));
  }

  async #receive(
    request: IncomingMessage,
    response: ServerResponse,
    connection: Connection,
    isTooMuch: boolean,
  ): Promise<CapturedRequest> {
    const { limits, clock, openSink } = this.#options;
    const receivedAtMs = clock.nowMs();
    const startedMs = clock.monotonicMs();
    const head = { method: request.method ?? "", httpVersion: request.httpVersion, headers: request.rawHeaders };
    const judged = judgeRequest(request, connection.headFound(request), limits.maxHeadBytes);
    if (judged || endsConnection(request)) connection.endWith(request);
    const received = await this.#receiveBody(
      new BodyReception(request, { maxBodyBytes: limits.maxBodyBytes, clock, openSink }),
      { request, response, connection, isTooMuch },
    );
    const refusal = judged?.refusal ?? received.refusal;
    if (refusal) connection.isLast = true;
    return {
      ...head,
      target: request.url ?? "",
      trailers: request.rawTrailers,
      body: received.body,
      receivedAtMs,
      receiveDurationMs: clock.monotonicMs() - startedMs,
      remoteAddress: connection.remoteAddress,
      origin: "capture",
      completeness: judged?.malformed === true ? "malformed" : received.completeness,
      refusal,
    };
  }

  async #receiveBody(
    reception: BodyReception,
    { request, response, connection, isTooMuch }: Arrival,
  ): Promise<ReceivedBody> {
    connection.requestBegan(request, response, (refusal) => reception.breakOff(refusal));
    if (isTooMuch) reception.refuse(tooLarge(this.#options.limits.maxBodyBytes));
    this.#receptions.add(reception);
    try {
      return await reception.received;
    } finally {
      connection.requestEnded(request);
      this.#receptions.delete(reception);
    }
  }

  /** @param response undefined: HTTP parsing has ended, and a last word is said to the bare socket */
  #sender(connection: Connection, response?: ServerResponse): Sender {
    const ending = this.#ending.signal;
    const { socket } = connection;
    const isGone = (): boolean => response?.destroyed === true || socket.destroyed || connection.hasGivenUp;
    const heard = async (): Promise<boolean> => {
      if (response && !response.closed && !socket.destroyed) await eventOrClose(response, "close", socket);
      return response?.writableFinished === true && !connection.hasGivenUp;
    };
    return { ends: connection, isGone, heard, left: () => connection.left(ending), ending };
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
    { connection, reply, isLast }: Answer,
  ): Promise<void> {
    // At the end too, replies that wait behind this one on the same connection must still get out.
    const close = isLast || (this.#ending.signal.aborted && connection.owed === 1);
    if (close) connection.closePatiently();
    const options = { close, isHead: request.method === "HEAD", socket: connection.socket };
    try {
      if (reply.manner) await this.#misbehave(response, reply, reply.manner, options, connection);
      else await writeReply(response, reply, options);
    } catch {
      // A status, phrase or header from the target that HTTP does not allow: the sender sees a cut connection.
      connection.socket.destroy();
    }
  }

  async #misbehave(
    response: ServerResponse,
    reply: Reply,
    manner: ReplyManner,
    options: WriteOptions,
    connection: Connection,
  ): Promise<void> {
    // Nothing that comes behind a broken reply can be answered.
    if (manner.kind !== "slow") connection.isLast = true;
    const ending = this.#ending.signal;
    const { clock } = this.#options;
    await misbehave(response, reply, manner, { ...options, connection, clock, ending });
  }

  #sayLastWord(connection: Connection, reply: Reply): void {
    writeRawReply(connection.socket, reply);
    connection.closePatiently();
    connection.socket.destroySoon();
  }

  #begin(): void {
    this.#open += 1;
  }
}

/** Requests of one connection are handed on in the order in which they came, whichever body is whole first. */
async function following<Result>(before: Promise<unknown>, result: Promise<Result>): Promise<Result> {
  const own = await result;
  await before.catch(() => undefined);
  return own;
}

interface Arrival {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly connection: Connection;
  readonly isTooMuch: boolean;
}

interface Answer {
  readonly connection: Connection;
  readonly reply: Reply;
  /** The reply closes the connection. */
  readonly isLast: boolean;
}
