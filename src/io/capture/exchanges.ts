import type { IncomingMessage, ServerResponse } from "node:http";
import { type BodySink, bytesBody, EMPTY_BODY, letGoOf } from "../../core/model/body.ts";
import type { ByteBudget, ByteMeter } from "../../core/model/byte-budget.ts";
import type { Clock } from "../../core/model/clock.ts";
import { jsonReply, REASON_HEADER, type Reply } from "../../core/model/reply.ts";
import type { CapturedRequest, Refusal } from "../../core/model/request.ts";
import type { Connection } from "./connection.ts";
import { type Answer, giveAnswer } from "./answer.ts";
import { deafen } from "./node-http.ts";
import { endsConnection, judgeRequest } from "./judge.ts";
import { headCostBytes, InFlight } from "./in-flight.ts";
import { type CaptureLimits, paceRefusal, turnedAwayReply } from "./limits.ts";
import type { LenientHead } from "./malformed.ts";
import { type OnNotice, PortNotices } from "./port-notices.ts";
import { BodyReception, type ReceivedBody, tooLarge } from "./receive-body.ts";
import { type Sender, senderOf } from "./sender.ts";
import { SpoolTurns } from "./spool-turns.ts";
import { writeRawReply } from "./write-reply.ts";

export interface CaptureOptions {
  readonly limits: CaptureLimits;
  readonly clock: Clock;
  /** Opens a file for a body too large for memory. */
  readonly openSink: () => Promise<BodySink>;
  /** Stores, forwards, answers. Never rejects. */
  readonly handle: (request: CapturedRequest, sender: Sender) => Promise<Reply>;
  /** What the bodies of all requests may take of the memory; undefined: as much as they are. */
  readonly memory?: ByteBudget | undefined;
  /** Told of all that is read; undefined: nobody asks. */
  readonly meter?: ByteMeter | undefined;
  /** Told of what a person should know about the limits of the port, seldom enough to be shown. */
  readonly onNotice?: OnNotice | undefined;
  /** The reply where a body could not be spooled, so that there is nothing to store. */
  readonly onSpoolFailure: (error: unknown) => Reply;
}

/** A smaller body is not worth reading it again. */
const LEAST_LET_GO_BYTES = 4 * 1024;

/** Requests between their head and their reply. */
export class Exchanges {
  readonly #options: CaptureOptions;
  readonly #receptions = new Set<BodyReception>();
  readonly #inFlight: InFlight;
  readonly notices: PortNotices;
  readonly #turns = new SpoolTurns(() => {
    for (const reception of this.#receptions) reception.stop();
  });
  #open = 0;
  readonly #ending = new AbortController();
  #whenIdle: (() => void) | undefined;

  constructor(options: CaptureOptions) {
    this.#options = options;
    this.#inFlight = new InFlight(options.limits);
    this.notices = new PortNotices(options.clock, options.onNotice);
  }

  /** Requests whose body is still on its way in. */
  get arrivingCount(): number {
    return this.#receptions.size;
  }

  /** More is read of bodies than can be dealt with. */
  get isBusy(): boolean {
    return this.#turns.isFull;
  }

  /** Replies that are not out yet. */
  get owed(): number {
    return this.#inFlight.owed;
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

  /** Ends bodies whose sender has paused for too long, or is too slow. */
  breakOffSlow(): void {
    for (const reception of this.#receptions) {
      const refusal = paceRefusal(reception.pace(), this.#options.limits);
      if (refusal) reception.breakOff(refusal);
    }
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
    const headBytes = headCostBytes(request.url ?? "", request.rawHeaders);
    const noRoom = this.#inFlight.refusalFor(connection, headBytes);
    if (noRoom) return this.#turnAway(request, response, connection, noRoom);
    // Counted twice, once for the handling and once for the reply: they end at different times, the reply first where its
    // sender leaves.
    this.#begin();
    this.#begin();
    this.#inFlight.takeHead(headBytes);
    const { clock, limits, memory, openSink } = this.#options;
    const { maxBodyBytes } = limits;
    const means = { maxBodyBytes, clock, openSink, memory, source: connection, turns: this.#turns };
    const reception = new BodyReception(request, means);
    try {
      const before = connection.owed > 0 ? connection.arriving : undefined;
      const receiving = this.#receive({ request, response, connection, isTooMuch, reception });
      const arriving = before === undefined ? receiving : following(before, receiving);
      connection.arriving = arriving;
      const captured = await arriving;
      connection.unanswered += 1;
      const reply = await this.#options.handle(captured, this.#sender(connection, captured, reception, response));
      connection.unanswered -= 1;
      const isLast = captured.refusal !== undefined || connection.endsWith(request);
      await this.#answer(request, response, { connection, reply, isLast });
    } catch (error) {
      connection.isLast = true;
      await this.#answer(request, response, { connection, reply: this.#options.onSpoolFailure(error), isLast: true });
    } finally {
      reception.giveBack();
      this.#inFlight.giveHead(headBytes);
      this.ended();
    }
  }

  /** Bytes on which HTTP parsing ended: stored as they came, answered after the replies that are still owed. */
  refuse(connection: Connection, refusal: Refusal, head: LenientHead, bytes?: Buffer): void {
    // They are held three times: as bytes, as text, and as the parts of it that are shown.
    const heldBytes = 3 * (bytes?.length ?? 0);
    if (this.#inFlight.hasNoRoomFor(heldBytes)) {
      this.notices.happened("TOO_MANY_WAITING");
      return this.hangUp(connection, refusal);
    }
    this.#begin();
    this.#inFlight.takeHead(heldBytes);
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
    void this.#refuse(connection, captured).finally(() => {
      this.#inFlight.giveHead(heldBytes);
      this.ended();
    });
  }

  /** Answers a connection that is not worth a record. */
  hangUp(connection: Connection, refusal: Refusal): void {
    connection.endHttp();
    const { status, code, reason } = refusal;
    const reply = jsonReply(status, { error: reason, code }, [REASON_HEADER, code]);
    connection.whenSettled(() => this.#sayLastWord(connection, reply));
  }

  /** One step of an exchange is over. */
  readonly ended = (): void => {
    this.#open -= 1;
    if (this.#open === 0) this.#whenIdle?.();
  };

  /** A reply is out, or nobody is left to take it. */
  readonly replied = (connection: Connection): void => {
    this.#inFlight.replied(connection);
    this.ended();
  };

  /** A request that there is no room for: the last one on its connection, and what is behind it is not read. */
  async #turnAway(
    request: IncomingMessage,
    response: ServerResponse,
    connection: Connection,
    refusal: Refusal,
  ): Promise<void> {
    this.#begin();
    connection.requestBegan(request, response, () => undefined);
    connection.requestEnded(request);
    this.#inFlight.began(connection);
    connection.endWith(request);
    request.resume();
    connection.hold();
    deafen(connection.socket);
    this.notices.happened("TOO_MANY_WAITING");
    await this.#answer(request, response, { connection, reply: turnedAwayReply(refusal), isLast: true });
  }

  async #refuse(connection: Connection, captured: CapturedRequest): Promise<void> {
    // The request before it may be whole for the parser, and still on its way through the stream.
    await connection.arriving?.catch(() => undefined);
    const sender = this.#sender(connection, captured);
    const reply = await this.#options.handle(captured, sender);
    connection.whenSettled(() => this.#sayLastWord(connection, reply));
  }

  async #receive(arrival: Arrival): Promise<CapturedRequest> {
    const { request, response, connection } = arrival;
    const { clock, limits } = this.#options;
    const receivedAtMs = clock.nowMs();
    const startedMs = clock.monotonicMs();
    const head = { method: request.method ?? "", httpVersion: request.httpVersion, headers: request.rawHeaders };
    const judged = judgeRequest(request, connection.headFound(request), limits.maxHeadBytes);
    if (judged || endsConnection(request, response)) connection.endWith(request);
    const received = await this.#receiveBody(arrival);
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

  async #receiveBody({ request, response, connection, isTooMuch, reception }: Arrival): Promise<ReceivedBody> {
    connection.requestBegan(request, response, (refusal) => reception.breakOff(refusal));
    this.#inFlight.began(connection);
    if (isTooMuch) reception.refuse(tooLarge(this.#options.limits.maxBodyBytes));
    this.#receptions.add(reception);
    if (this.#turns.isFull && !request.complete) reception.stop();
    try {
      return await reception.received;
    } finally {
      connection.requestEnded(request);
      this.#receptions.delete(reception);
    }
  }

  #sender(
    connection: Connection,
    captured: CapturedRequest,
    reception?: BodyReception,
    response?: ServerResponse,
  ): Sender {
    const mayLetGo = (read: () => Uint8Array): void => {
      const { body } = captured;
      if (!reception || body.kind === "file" || this.#options.memory?.isTight !== true) return;
      if (body.bytes.length < LEAST_LET_GO_BYTES) return;
      letGoOf(body, read);
      reception.giveBack();
    };
    return senderOf(connection, this.#ending.signal, mayLetGo, response);
  }

  async #answer(request: IncomingMessage, response: ServerResponse, answer: Answer): Promise<void> {
    const { clock } = this.#options;
    await giveAnswer(request, response, answer, { clock, ending: this.#ending.signal });
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
  readonly reception: BodyReception;
}
