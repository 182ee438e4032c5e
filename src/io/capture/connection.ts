import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Clock } from "../../core/model/clock.ts";
import type { Refusal } from "../../core/model/request.ts";
import { afterEachRead, closePatiently, deafen } from "./node-http.ts";
import { Brake } from "./brake.ts";
import type { WireHead } from "./head-bytes.ts";
import { CUT_SHORT, type ParserError } from "./malformed.ts";
import { WaitingReplies } from "./waiting-replies.ts";
import { Wire } from "./wire.ts";

/** Who sends and closes its half does so at once; who does it this much later, unanswered, has given up waiting. */
const GIVES_UP_AFTER_MS = 500;

/** The message whose body is arriving. */
interface Incoming {
  readonly request: IncomingMessage;
  readonly breakOff: (refusal: Refusal) => void;
}

/**
 * What capture knows about one socket beside the requests on it: the raw bytes of the head that is arriving, and
 * what is still owed to the sender.
 */
export class Connection {
  readonly socket: Socket;
  readonly replies: WaitingReplies;
  readonly remoteAddress: string;
  /** Address and port that it came to. */
  readonly localAddress: string;
  /** Requests that are whole and have no reply yet: whoever has one here is never closed for somebody else. */
  unanswered = 0;
  /** A fault holds it, and will not answer. */
  isNeverAnswered = false;
  /** The request that is being received is the last one: its reply closes the connection, and nothing after it counts. */
  isLast = false;
  /** Nothing more is read as HTTP. */
  isOver = false;
  /** Resolves when the newest request on this connection is whole, and handed on. */
  arriving: Promise<unknown> | undefined;
  #incoming: Incoming | undefined;
  #wire: Wire | undefined;
  #last: IncomingMessage | undefined;
  /** How many bytes had been read when the last request was whole. */
  #bytesAtRest = 0;
  #owed = 0;
  #isClosing = false;
  #whenSettled: (() => void) | undefined;
  #left: AbortSignal | undefined;
  #leave: (() => void) | undefined;
  readonly #clock: Clock;
  /** When the last request was whole. */
  #atRestMs = 0;
  #hasGivenUp = false;
  readonly #brake: Brake;
  #excusedMs: number | undefined;
  readonly #onReplied: (connection: Connection) => void;

  /**
   * @param onReplied called once for each request: its reply is out, or nobody is left to take it
   * @param onRead called when so many bytes were read, and are not looked at yet
   */
  constructor(
    socket: Socket,
    clock: Clock,
    onReplied: (connection: Connection) => void,
    onRead?: (connection: Connection, bytes: number) => void,
  ) {
    this.socket = socket;
    this.#clock = clock;
    this.#atRestMs = clock.monotonicMs();
    this.replies = new WaitingReplies(socket, clock);
    this.#onReplied = onReplied;
    this.#brake = new Brake(socket, () => this.#isClosing);
    if (onRead) afterEachRead(socket, (bytes) => onRead(this, bytes));
    // Each reply that waits listens for the end of the socket, and a sender may pipeline any number: Node would warn of a leak.
    socket.setMaxListeners(0);
    // Asked for at once: a socket that is closed does not tell its addresses any more.
    this.remoteAddress = endOf(socket.remoteAddress, socket.remotePort);
    this.localAddress = endOf(socket.localAddress, socket.localPort);
    socket.once("close", () => {
      while (this.#owed > 0) this.#replied();
    });
    socket.once("end", this.#onHalfClosed);
  }

  /** The sender has closed its half long after its request, while it was owed a reply: nobody waits for that any more. */
  get hasGivenUp(): boolean {
    return this.#hasGivenUp;
  }

  /**
   * Aborts when the connection is gone, when the sender has given up, or with `ending`: always the same one. Made when
   * first asked for.
   */
  left(ending: AbortSignal): AbortSignal {
    if (this.#left) return this.#left;
    const leaving = new AbortController();
    const leave = (): void => {
      ending.removeEventListener("abort", leave);
      leaving.abort();
    };
    if (this.socket.destroyed || this.#hasGivenUp || ending.aborted) leave();
    else {
      this.#leave = leave;
      this.socket.once("close", leave);
      ending.addEventListener("abort", leave);
    }
    this.#left = leaving.signal;
    return this.#left;
  }

  /**
   * Nothing more is read as HTTP, and a last word is still to be said: where the sender closes its half, Node would close
   * ours too, since it knows of nothing that is owed.
   */
  endHttp(): void {
    this.isOver = true;
    this.#wire?.stop();
    deafen(this.socket);
    this.socket.removeAllListeners("end");
    this.socket.once("end", this.#onHalfClosed);
  }

  /** Replies that are not out yet. */
  get owed(): number {
    return this.#owed;
  }

  /** Nothing is owed, and nothing has begun. */
  get isIdle(): boolean {
    return this.#owed === 0 && !this.#isClosing && this.socket.bytesRead === this.#bytesAtRest;
  }

  /** Bytes of a head that is not whole yet, as far as that can be known. */
  get headBytes(): number {
    // Behind the last request there is no head: what comes is read and dropped.
    return this.#incoming || this.isOver || this.isLast ? 0 : this.socket.bytesRead - this.#bytesAtRest;
  }

  /** How many bytes came since its last request was whole, or since it was opened, and how long ago that was. */
  pace(): { readonly bytes: number; readonly forMs: number } {
    const forMs = this.#clock.monotonicMs() - this.#atRestMs;
    return { bytes: this.socket.bytesRead - this.#bytesAtRest, forMs };
  }

  /** Its head ran out of time while nobody read it: the time begins anew when somebody does. */
  excuseHead(): void {
    this.#excusedMs = this.#clock.monotonicMs();
  }

  /** An excused head that is not whole so long after it was read on. */
  isHeadOverdue(timeoutMs: number): boolean {
    if (this.#excusedMs === undefined || this.isOver) return false;
    if (this.isHeld) this.excuseHead();
    return this.headBytes > 0 && this.#clock.monotonicMs() - this.#excusedMs > timeoutMs;
  }

  /** It has brought a whole request before, owes no reply, and brings nothing. */
  get isResting(): boolean {
    return this.#owed === 0 && this.#bytesAtRest > 0 && this.socket.bytesRead === this.#bytesAtRest;
  }

  /** A body is on its way in. */
  get isArriving(): boolean {
    return this.#incoming !== undefined && !this.#incoming.request.complete;
  }

  /** Nothing is said on it any more but its sender has not closed yet. */
  get isClosing(): boolean {
    return this.#isClosing;
  }

  /** Nobody reads it at present, by our own wish: its sender must not be blamed for what does not come. */
  get isHeld(): boolean {
    return this.#brake.isOn;
  }

  /**
   * Reads no further, after what was read already, until each `hold` is undone by a `letGo`. A connection that is read
   * natively stops like any other, and so does one whose body is asked for meanwhile.
   */
  hold(): void {
    this.#brake.hold();
  }

  /** @see hold */
  letGo(): void {
    this.#brake.letGo();
  }

  /**
   * Follows the bytes that the parser reads.
   * @param first what was read before the parser got the socket
   */
  follow(first: Buffer, maxHeadBytes: number): void {
    this.#wire = new Wire(this.socket, first, maxHeadBytes);
  }

  /** The parser has found a head: how it stood on the wire. "unseen": nobody knows. */
  headFound(request: IncomingMessage): WireHead | "unseen" | undefined {
    return this.#wire ? this.#wire.requestBegan(request.headers) : "unseen";
  }

  /** This request is the last one: its reply closes the connection, and nothing behind it is read as HTTP. */
  endWith(request: IncomingMessage): void {
    this.isLast = true;
    this.#last = request;
    this.#wire?.stop();
  }

  /** Whether the connection ends with this request. */
  endsWith(request: IncomingMessage): boolean {
    return this.#last === request;
  }

  /** Bytes since the last whole request, as far as they are still there, after the parser failed on them. */
  refusedBytes({ rawPacket = Buffer.alloc(0) }: ParserError): Buffer {
    const held = this.#wire?.held();
    return held && held.length > 0 ? held : rawPacket;
  }

  /** A head is complete: what comes next belongs to its body or to the next request. */
  requestBegan(request: IncomingMessage, response: ServerResponse, breakOff: (refusal: Refusal) => void): void {
    this.#incoming = { request, breakOff };
    this.#excusedMs = undefined;
    this.#owed += 1;
    response.once("close", this.#replied);
  }

  /** Nobody waits for the rest of this request any more. */
  requestEnded(request: IncomingMessage): void {
    if (this.#incoming?.request === request) this.#incoming = undefined;
    this.#bytesAtRest = this.socket.bytesRead;
    this.#atRestMs = this.#clock.monotonicMs();
  }

  /** Ends the body that is arriving, where the parser or the socket broke it off. False: none is arriving. */
  breakOff(refusal: Refusal): boolean {
    // The parser is ahead of the stream: a message can be complete for it before its body has been read.
    if (!this.#incoming || this.#incoming.request.complete) return false;
    this.#incoming.breakOff(refusal);
    return true;
  }

  /** From now on the connection is closed the patient way. */
  closePatiently(): void {
    closePatiently(this.socket, () => {
      this.#isClosing = true;
      this.#wire?.stop();
    });
  }

  /** Runs `then` when every reply that is owed has been written: a refusal must not overtake the reply before it. */
  whenSettled(then: () => void): void {
    if (this.#owed === 0) then();
    else this.#whenSettled = then;
  }

  readonly #onHalfClosed = (): void => {
    // Of the body of a request that asks for another protocol Node's parser does not even tell that it is broken.
    if (this.#incoming?.request === this.#last) this.breakOff(CUT_SHORT);
    if (this.#owed === 0 || this.#incoming || this.#clock.monotonicMs() - this.#atRestMs < GIVES_UP_AFTER_MS) return;
    this.#hasGivenUp = true;
    this.#leave?.();
  };

  readonly #replied = (): void => {
    if (this.#owed === 0) return;
    this.#owed -= 1;
    if (this.#owed === 0) this.#whenSettled?.();
    this.#onReplied(this);
  };
}

function endOf(address = "", port = 0): string {
  return `${address.includes(":") ? `[${address}]` : address}:${port}`;
}
