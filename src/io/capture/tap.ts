import { messageEnd } from "./message-end.ts";

/** How much of a head that never became a request is kept for its record. */
const TAP_BYTES = 64 * 1024;

/** The raw bytes of the message that is arriving on one connection: the parser keeps only the last chunk of what it refuses. */
export class Tap {
  #chunks: Buffer[] = [];
  #bytes = 0;
  /** Requests that began in these bytes. */
  #requests = 0;

  /** @param isBetween no request is arriving: what came before this chunk and became a request is not needed any more */
  add(chunk: Buffer, isBetween: boolean): void {
    if (isBetween) this.#forgetRequests();
    if (this.#bytes >= TAP_BYTES) return;
    const kept = chunk.subarray(0, TAP_BYTES - this.#bytes);
    this.#chunks.push(kept);
    this.#bytes += kept.length;
  }

  requestBegan(): void {
    this.#requests += 1;
  }

  /** Bytes since the last whole request, at most 64 KiB. */
  held(): Buffer {
    this.#forgetRequests();
    return Buffer.concat(this.#chunks);
  }

  /** Drops the requests that are whole. One that is larger than the tap takes all of it along. */
  #forgetRequests(): void {
    if (this.#requests === 0) return;
    let rest = Buffer.concat(this.#chunks);
    for (; this.#requests > 0; this.#requests -= 1) rest = rest.subarray(messageEnd(rest) ?? rest.length);
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#bytes = rest.length;
  }
}

/**
 * The same for one chunk on an untapped connection, in which the parser failed after `parsedBytes`: without the requests
 * that were whole before. A chunk that begins inside of a body cannot be told apart from its end, and is kept whole.
 */
export function withoutWholeRequests(chunk: Buffer, parsedBytes: number): Buffer {
  let rest = chunk;
  for (let left = parsedBytes; ;) {
    if (!REQUEST_LINE.test(rest.toString("latin1", 0, 512))) return rest;
    const end = messageEnd(rest) ?? rest.length;
    if (end > left || end === rest.length) return rest;
    rest = rest.subarray(end);
    left -= end;
  }
}

const REQUEST_LINE = /^(?:\r?\n)*[A-Z-]+ \S+/;
