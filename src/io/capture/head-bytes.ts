import { type BodyEnd, ChunksEnd, LengthEnd } from "./body-end.ts";

const LINE_END = "\r\n";
const HEAD_END = "\r\n\r\n";
const NOTHING = Buffer.alloc(0);

/** What says how a body is framed, by lower-case name. */
export interface Framing {
  readonly "transfer-encoding"?: string | undefined;
  readonly "content-length"?: string | undefined;
}

/** How a request stood on the wire, one character a byte. */
export interface WireHead {
  /** The first line without its end; empty lines before it (CRLF each) are not part of it. */
  readonly line: string;
  /** From the beginning of that line to the end of the empty line behind the headers. */
  readonly text: string;
}

/**
 * The head that is arriving on one connection, byte for byte. The parser does not tell how a request line was spaced and
 * which protocol it named, and of what it refuses it keeps the last packet only. Bodies pass through and are not kept.
 */
export class HeadBytes {
  /** Since the last whole message. */
  #bytes: Buffer = NOTHING;
  #length = 0;
  /** `#bytes` may be written to: it is no packet of somebody else's. */
  #isOwn = false;
  #body: BodyEnd | undefined;
  readonly #mostBytes: number;

  /** @param mostBytes how much of a head is kept; of one that is longer, what goes beyond is dropped */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** So many bytes come. True: all of them belong to a body, and they need not be added. */
  passes(countBytes: number): boolean {
    if (this.#body?.passes(countBytes) !== true) return false;
    if (this.#body.isOver) this.#body = undefined;
    return true;
  }

  /** The next bytes of the connection. They are kept as they are, and must not change any more. */
  add(packet: Buffer): void {
    if (!this.#body) return this.#append(packet);
    const end = this.#body.find(packet);
    if (end === undefined) return;
    this.#body = undefined;
    this.#append(packet.subarray(end));
  }

  /** The parser has found a head in what was added. Undefined: it is not in what was kept. */
  requestBegan(framing: Framing): WireHead | undefined {
    const bytes = this.#bytes;
    const length = this.#length;
    // As a text at once: this runs for every request, and each look into a buffer is a call out of the engine.
    const text = bytes.toString("latin1", 0, length);
    const start = afterEmptyLines(text);
    const lineEnd = text.indexOf(LINE_END, start);
    const headEnd = lineEnd < 0 ? -1 : text.indexOf(HEAD_END, lineEnd);
    this.#release();
    if (headEnd < 0) return undefined;
    const end = headEnd + HEAD_END.length;
    this.#body = bodyEnd(framing);
    if (end < length && !this.passes(length - end)) this.add(bytes.subarray(end, length));
    return { line: text.slice(start, lineEnd), text: text.slice(start, end) };
  }

  /** What came since the last whole message, as far as it is kept. */
  held(): Buffer {
    return this.#bytes.subarray(0, Math.min(this.#length, this.#mostBytes));
  }

  /** Nobody will ask for what is kept. */
  forget(): void {
    this.#release();
  }

  #append(packet: Buffer): void {
    // A head that is larger than what is kept is refused, so its end does not have to be found.
    if (packet.length === 0 || this.#length >= this.#mostBytes) return;
    if (this.#length === 0) {
      this.#bytes = packet;
      this.#length = packet.length;
      return;
    }
    const length = this.#length + packet.length;
    if (!this.#isOwn || length > this.#bytes.length) {
      // Twice the room that is needed: a head that comes byte by byte is copied a few times, and not once for each byte.
      const grown = Buffer.allocUnsafe(length * 2);
      this.#bytes.copy(grown, 0, 0, this.#length);
      this.#bytes = grown;
      this.#isOwn = true;
    }
    packet.copy(this.#bytes, this.#length);
    this.#length = length;
  }

  #release(): void {
    this.#bytes = NOTHING;
    this.#length = 0;
    this.#isOwn = false;
  }
}

/** RFC 9112 lets empty lines stand before a request line: a CR or LF by itself is none. */
function afterEmptyLines(text: string): number {
  let at = 0;
  while (text.startsWith(LINE_END, at)) at += 2;
  return at;
}

function bodyEnd(framing: Framing): BodyEnd | undefined {
  if (framing["transfer-encoding"] !== undefined) return new ChunksEnd();
  const lengthBytes = Number(framing["content-length"] ?? 0);
  return lengthBytes > 0 ? new LengthEnd(lengthBytes) : undefined;
}
