import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Refusal } from "../../core/model/request.ts";
import { messageEnd } from "./message-end.ts";

/** How much of a head that never became a request is kept for its record. */
const TAP_BYTES = 64 * 1024;

/** How long a sender that is still sending may pause before the connection is cut behind its last reply. */
const LINGER_IDLE_MS = 2000;
/** The same, however steadily it sends. */
const LINGER_TOTAL_MS = 30_000;

/** The message whose body is arriving. */
interface Incoming {
  readonly request: IncomingMessage;
  readonly breakOff: (refusal: Refusal) => void;
}

/**
 * What capture knows about one socket beside the requests on it: the raw bytes of the message that is arriving (the
 * parser keeps only the last chunk of what it refuses), and what is still owed to the sender.
 */
export class Connection {
  readonly socket: Socket;
  readonly remoteAddress: string;
  /** The request that is being received is the last one: its reply closes the connection, and nothing after it counts. */
  isLast = false;
  /** Nothing more is read as HTTP. */
  isOver = false;
  /** Resolves when the newest request on this connection is whole, and handed on. */
  arriving: Promise<unknown> | undefined;
  #incoming: Incoming | undefined;
  #tapped: Buffer[] = [];
  #tappedBytes = 0;
  /** Requests that began in the tapped bytes. */
  #tappedRequests = 0;
  #owed = 0;
  #isClosing = false;
  #whenSettled: (() => void) | undefined;
  readonly #onReplied: () => void;

  /** @param onReplied called once for each request: its reply is out, or nobody is left to take it */
  constructor(socket: Socket, onReplied: () => void) {
    this.socket = socket;
    this.#onReplied = onReplied;
    const address = socket.remoteAddress ?? "";
    this.remoteAddress = `${address.includes(":") ? `[${address}]` : address}:${socket.remotePort ?? 0}`;
    // First in line, so that the tap holds a chunk before the parser fails on it.
    socket.prependListener("data", this.#tap);
    socket.once("close", () => {
      while (this.#owed > 0) this.#replied();
    });
  }

  /** Replies that are not out yet. */
  get owed(): number {
    return this.#owed;
  }

  /** Nothing is owed, and nothing has begun. */
  get isIdle(): boolean {
    return this.#owed === 0 && !this.#isClosing && this.tapped().length === 0;
  }

  /** Bytes since the last whole request, at most 64 KiB. */
  tapped(): Buffer {
    this.#forgetRequests();
    return Buffer.concat(this.#tapped);
  }

  /** A head is complete: what comes next belongs to its body or to the next request. */
  requestBegan(request: IncomingMessage, response: ServerResponse, breakOff: (refusal: Refusal) => void): void {
    this.#incoming = { request, breakOff };
    this.#tappedRequests += 1;
    this.#owed += 1;
    response.once("close", this.#replied);
  }

  /** Nobody waits for the rest of this request any more. */
  requestEnded(request: IncomingMessage): void {
    if (this.#incoming?.request === request) this.#incoming = undefined;
  }

  /** Ends the body that is arriving, where the parser or the socket broke it off. False: none is arriving. */
  breakOff(refusal: Refusal): boolean {
    // The parser is ahead of the stream: a message can be complete for it before its body has been read.
    if (!this.#incoming || this.#incoming.request.complete) return false;
    this.#incoming.breakOff(refusal);
    return true;
  }

  /**
   * From now on the connection is closed the patient way: our half at once, the rest when the sender has closed too or
   * has nothing more to say. A plain close with unread bytes resets the connection, and the sender may never see its reply.
   */
  closePatiently(): void {
    this.socket.destroySoon = () => {
      if (this.#isClosing) return;
      this.#isClosing = true;
      this.socket.end();
      this.socket.resume();
      const cut = (): void => void this.socket.destroy();
      const total = setTimeout(cut, LINGER_TOTAL_MS).unref();
      const idle = setTimeout(cut, LINGER_IDLE_MS).unref();
      this.socket.on("data", () => idle.refresh());
      this.socket.once("close", () => {
        clearTimeout(total);
        clearTimeout(idle);
      });
    };
  }

  /** Runs `then` when every reply that is owed has been written: a refusal must not overtake the reply before it. */
  whenSettled(then: () => void): void {
    if (this.#owed === 0) then();
    else this.#whenSettled = then;
  }

  readonly #tap = (chunk: Buffer): void => {
    if (this.#isClosing) return;
    if (this.#incoming === undefined || this.#incoming.request.complete) this.#forgetRequests();
    if (this.#tappedBytes >= TAP_BYTES) return;
    const kept = chunk.subarray(0, TAP_BYTES - this.#tappedBytes);
    this.#tapped.push(kept);
    this.#tappedBytes += kept.length;
  };

  /** Drops the requests that are whole. One that is larger than the tap takes all of it along. */
  #forgetRequests(): void {
    if (this.#tappedRequests === 0) return;
    const [only] = this.#tapped;
    let rest = only !== undefined && this.#tapped.length === 1 ? only : Buffer.concat(this.#tapped);
    for (; this.#tappedRequests > 0; this.#tappedRequests -= 1) rest = rest.subarray(messageEnd(rest) ?? rest.length);
    this.#tapped = rest.length > 0 ? [rest] : [];
    this.#tappedBytes = rest.length;
  }

  readonly #replied = (): void => {
    if (this.#owed === 0) return;
    this.#owed -= 1;
    if (this.#owed === 0) this.#whenSettled?.();
    this.#onReplied();
  };
}
