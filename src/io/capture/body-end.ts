/**
 * Finds the end of one body while its bytes come in pieces. Only for messages that the strict parser takes: nothing is
 * checked here, and where the parser would refuse it says so by itself.
 */
export interface BodyEnd {
  /** So many bytes come that nobody has looked at. True: all of them belong to the body. False: they have to be shown. */
  passes(countBytes: number): boolean;
  /** Nothing more belongs to the body. */
  readonly isOver: boolean;
  /** The next bytes. Returns the index behind the body, or undefined where it goes on. */
  find(bytes: Uint8Array): number | undefined;
}

/** The end of a body with a Content-Length. */
export class LengthEnd implements BodyEnd {
  #leftBytes: number;

  constructor(lengthBytes: number) {
    this.#leftBytes = lengthBytes;
  }

  get isOver(): boolean {
    return this.#leftBytes === 0;
  }

  passes(countBytes: number): boolean {
    if (countBytes > this.#leftBytes) return false;
    this.#leftBytes -= countBytes;
    return true;
  }

  find(bytes: Uint8Array): number | undefined {
    const end = this.#leftBytes;
    if (bytes.length < end) this.#leftBytes -= bytes.length;
    return bytes.length < end ? undefined : end;
  }
}

const LF = 0x0a;
const CR = 0x0d;

/** The end of a body in chunks: behind the empty line that ends its trailers. */
export class ChunksEnd implements BodyEnd {
  /** Of the chunk that is arriving, with the line end behind it. */
  #leftBytes = 0;
  #sizeBytes = 0;
  /** Of the line that is arriving, nothing but the size has been read. */
  #isInSize = true;
  #isInTrailers = false;
  #lineBytes = 0;
  /** Nobody knows before its last line was looked at. */
  readonly isOver = false;

  passes(countBytes: number): boolean {
    if (countBytes > this.#leftBytes) return false;
    this.#leftBytes -= countBytes;
    return true;
  }

  find(bytes: Uint8Array): number | undefined {
    for (let at = 0; at < bytes.length; at += 1) {
      if (this.#leftBytes > 0) {
        const passed = Math.min(this.#leftBytes, bytes.length - at);
        this.#leftBytes -= passed;
        at += passed - 1;
      } else if (this.#isEnd(bytes[at] ?? 0)) return at + 1;
    }
    return undefined;
  }

  #isEnd(byte: number): boolean {
    if (byte === CR) return false;
    if (byte !== LF) {
      this.#lineBytes += 1;
      if (!this.#isInTrailers && this.#isInSize) this.#readDigit(byte);
      return false;
    }
    if (this.#isInTrailers && this.#lineBytes === 0) return true;
    if (this.#sizeBytes === 0) this.#isInTrailers = true;
    else this.#leftBytes = this.#sizeBytes + 2;
    this.#sizeBytes = 0;
    this.#isInSize = true;
    this.#lineBytes = 0;
    return false;
  }

  #readDigit(byte: number): void {
    const digit = Number.parseInt(String.fromCharCode(byte), 16);
    if (Number.isNaN(digit)) this.#isInSize = false;
    else this.#sizeBytes = this.#sizeBytes * 16 + digit;
  }
}
