import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Refusal } from "../../core/model/request.ts";

/** How much of a head that never became a request is kept for its record. */
const TAP_BYTES = 64 * 1024;

/** How long bytes that nobody wants are still read, so that the sender gets to see its reply. */
const LINGER_MS = 2000;

/**
 * What capture knows about one socket beside the requests on it: the raw bytes since the last request began (the parser
 * keeps only the last chunk of what it refuses), and what is still owed to the sender.
 */
export class Connection {
  readonly socket: Socket;
  readonly remoteAddress: string;
  /** Ends the body that is being received, where the parser or the socket broke it off. */
  breakOff: ((refusal: Refusal) => void) | undefined;
  /** Nothing more is read as HTTP. */
  isOver = false;
  #tapped: Buffer[] = [];
  #tappedBytes = 0;
  #owed = 0;
  #whenSettled: (() => void) | undefined;

  constructor(socket: Socket) {
    this.socket = socket;
    const address = socket.remoteAddress ?? "";
    this.remoteAddress = `${address.includes(":") ? `[${address}]` : address}:${socket.remotePort ?? 0}`;
    // First in line, so that the tap holds a chunk before the parser fails on it.
    socket.prependListener("data", this.#tap);
  }

  /** Bytes since the last request began, at most 64 KiB. */
  tapped(): Buffer {
    return Buffer.concat(this.#tapped);
  }

  /** A head is complete: what comes next belongs to its body or to the next request. */
  requestBegan(response: ServerResponse): void {
    this.#tapped = [];
    this.#tappedBytes = 0;
    this.#owed += 1;
    response.once("close", this.#replied);
  }

  /**
   * From now on the connection is closed the patient way: our half at once, the rest when the sender has closed too or
   * after `LINGER_MS`. A plain close with unread bytes resets the connection, and the sender may never see its reply.
   */
  closePatiently(): void {
    this.socket.destroySoon = () => {
      this.socket.end();
      this.socket.resume();
      setTimeout(() => this.socket.destroy(), LINGER_MS).unref();
    };
  }

  /** Runs `then` when every reply that is owed has been written: a refusal must not overtake the reply before it. */
  whenSettled(then: () => void): void {
    if (this.#owed === 0) then();
    else this.#whenSettled = then;
  }

  readonly #tap = (chunk: Buffer): void => {
    if (this.#tappedBytes >= TAP_BYTES) return;
    const kept = chunk.subarray(0, TAP_BYTES - this.#tappedBytes);
    this.#tapped.push(kept);
    this.#tappedBytes += kept.length;
  };

  readonly #replied = (): void => {
    this.#owed -= 1;
    if (this.#owed === 0) this.#whenSettled?.();
  };
}
