import type { Socket } from "node:net";
import { type Framing, HeadBytes, type WireHead } from "./head-bytes.ts";

/** What Node's parser and its socket can do beside what is documented. */
interface ParsedSocket extends Socket {
  readonly parser?: { readonly getCurrentBuffer?: () => Buffer | null | undefined } | null;
  /** Called with every packet that the parser has read, and with every write. */
  _unrefTimer?: () => void;
}

/**
 * The bytes of one connection beside the parser that reads them. Node reads a socket without any JavaScript as long as
 * nobody listens to it, and a listener costs a fifth of the time of each request; but after every packet it tells the
 * socket's timer, and at that time the packet is still there to be looked at.
 */
export class Wire {
  readonly #socket: ParsedSocket;
  readonly #head: HeadBytes;
  #seenBytes: number;
  /** Packets went by unseen: nobody knows where a head begins. */
  #isLost = false;
  #isOver = false;

  /**
   * @param first what was read before the parser got the socket, and what the parser gets to read again
   * @param maxHeadBytes how much of a head is kept
   */
  constructor(socket: Socket, first: Buffer, maxHeadBytes: number) {
    this.#socket = socket;
    this.#head = new HeadBytes(maxHeadBytes);
    this.#seenBytes = first.length;
    const { parser, _unrefTimer: refresh } = this.#socket;
    if (parser?.getCurrentBuffer && refresh) {
      this.#head.add(first);
      this.#socket._unrefTimer = () => {
        this.#look();
        refresh.call(socket);
      };
    } else {
      // A listener gets the first packet once more, so nothing of it counts as seen. It is put before the parser's own: where
      // the parser fails on a packet, its bytes are kept already.
      this.#seenBytes = 0;
      socket.prependListener("data", this.#see);
    }
  }

  /** How a request began whose head the parser has just found; undefined where that is not to be seen. */
  requestBegan(framing: Framing): WireHead | "unseen" | undefined {
    this.#look();
    return this.#isLost ? "unseen" : this.#head.requestBegan(framing);
  }

  /** What came since the last whole request; undefined where nobody knows. */
  held(): Buffer | undefined {
    return this.#isLost ? undefined : this.#head.held();
  }

  /** Nothing that still comes is looked at, and nothing is kept: a sender may stay for long. */
  stop(): void {
    this.#isOver = true;
    this.#head.forget();
  }

  #look(): void {
    const unseenBytes = this.#socket.bytesRead - this.#seenBytes;
    if (unseenBytes === 0 || this.#isOver) return;
    if (this.#head.passes(unseenBytes)) {
      this.#seenBytes += unseenBytes;
      return;
    }
    const packet = this.#socket.parser?.getCurrentBuffer?.();
    // The packet has been read, but the parser has not got it yet.
    if (!packet) return;
    if (packet.length !== unseenBytes) this.#isLost = true;
    this.#see(packet);
  }

  readonly #see = (packet: Buffer): void => {
    this.#seenBytes += packet.length;
    if (!this.#isOver) this.#head.add(packet);
  };
}
