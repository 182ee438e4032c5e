import type { HeaderPairs } from "../../core/model/headers.ts";
import type { Reply } from "../../core/model/reply.ts";

/** A response that is not whole this long after its head is passed on while it arrives. */
const WHOLE_WITHIN_MS = 10;
/** The same from this many bytes on. */
const WHOLE_UP_TO_BYTES = 256 * 1024;
/** Bytes that may wait for a slow reader before the target is asked to pause. */
const HIGH_WATER_BYTES = 1024 * 1024;

interface Head {
  readonly status: number;
  readonly statusText: string;
  readonly headers: HeaderPairs;
}

/**
 * Passes a response on: whole where it arrives at once, which is nearly always, otherwise as a stream. The target is
 * read at the pace of the reader; where the reader has gone, as fast as it sends.
 */
export class Relay {
  readonly reply: Promise<Reply | undefined>;
  readonly #resume: () => void;
  #resolve: (reply: Reply | undefined) => void = () => undefined;
  #head: Head | undefined;
  #chunks: Uint8Array[] = [];
  #waitingBytes = 0;
  #timer: NodeJS.Timeout | undefined;
  #isStreaming = false;
  #isAbandoned = false;
  #isEnded = false;
  #failure: Error | undefined;
  #wake: () => void = () => undefined;

  /** @param resume called when a paused target may go on */
  constructor(resume: () => void) {
    this.#resume = resume;
    this.reply = new Promise((resolve) => (this.#resolve = resolve));
  }

  begin(head: Head): void {
    this.#head = head;
    this.#timer = setTimeout(this.#stream, WHOLE_WITHIN_MS);
  }

  /** False: pause until `resume` is called. */
  push(chunk: Uint8Array): boolean {
    if (this.#isAbandoned) return true;
    this.#chunks.push(chunk);
    this.#waitingBytes += chunk.length;
    if (!this.#isStreaming && this.#waitingBytes > WHOLE_UP_TO_BYTES) this.#stream();
    this.#wake();
    return this.#waitingBytes <= HIGH_WATER_BYTES;
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#isEnded = true;
    if (this.#isStreaming) this.#wake();
    else this.#resolve(this.#toReply({ kind: "bytes", bytes: Buffer.concat(this.#chunks) }));
  }

  fail(error: Error): void {
    clearTimeout(this.#timer);
    this.#isEnded = true;
    this.#failure = error;
    if (this.#isStreaming) this.#wake();
    else this.#resolve(undefined);
  }

  readonly #stream = (): void => {
    clearTimeout(this.#timer);
    this.#isStreaming = true;
    this.#resolve(this.#toReply({ kind: "stream", chunks: { [Symbol.asyncIterator]: () => this.#read() } }));
  };

  /** An iterator of our own, because a generator that nobody has begun to read cannot be told that nobody will. */
  #read(): AsyncIterator<Uint8Array, undefined, undefined> {
    return {
      next: async () => {
        const chunk = await this.#nextChunk();
        return chunk === undefined ? { done: true, value: undefined } : { done: false, value: chunk };
      },
      return: async () => {
        this.#abandon();
        return { done: true, value: undefined };
      },
    };
  }

  /** Undefined: that was all. */
  async #nextChunk(): Promise<Uint8Array | undefined> {
    for (;;) {
      const chunk = this.#chunks.shift();
      if (chunk) {
        this.#waitingBytes -= chunk.length;
        if (this.#waitingBytes <= HIGH_WATER_BYTES / 2) this.#resume();
        return chunk;
      }
      if (this.#failure !== undefined) throw this.#failure;
      if (this.#isEnded) return undefined;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  #abandon(): void {
    this.#isAbandoned = true;
    this.#chunks = [];
    this.#waitingBytes = 0;
    this.#resume();
  }

  #toReply(body: Reply["body"]): Reply | undefined {
    if (!this.#head) return undefined;
    return { ...this.#head, body };
  }
}
