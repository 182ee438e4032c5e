import type { ByteBudget } from "../../core/model/byte-budget.ts";
import type { HeaderPairs } from "../../core/model/headers.ts";
import type { Reply } from "../../core/model/reply.ts";

/** A response that is not whole this long after its head is passed on while it arrives. */
const WHOLE_WITHIN_MS = 10;
/** The same from this many bytes on. */
const WHOLE_UP_TO_BYTES = 256 * 1024;
/** Bytes that may wait for a slow reader before the target is asked to pause. */
const HIGH_WATER_BYTES = 1024 * 1024;
/** The same where responses have taken up the memory that there is for all of them. */
const SCARCE_HIGH_WATER_BYTES = 32 * 1024;

interface Head {
  readonly status: number;
  readonly statusText: string;
  readonly headers: HeaderPairs;
}

/**
 * Passes a response on: whole where it arrives at once, which is nearly always, otherwise as a stream. The target is
 * read at the pace of the reader; where the reader has gone, as fast as it sends.
 */
export class PassOn {
  readonly reply: Promise<Reply | undefined>;
  readonly #resume: () => void;
  readonly #memory: ByteBudget | undefined;
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

  /**
   * @param resume called when a paused target may go on
   * @param memory what all responses together may take of it; undefined: as much as they are
   */
  constructor(resume: () => void, memory?: ByteBudget) {
    this.#resume = resume;
    this.#memory = memory;
    this.reply = new Promise((resolve) => (this.#resolve = resolve));
  }

  begin(head: Head): void {
    this.#head = head;
    this.#timer = setTimeout(this.#stream, WHOLE_WITHIN_MS);
  }

  /** False: pause until `resume` is called. */
  push(chunk: Uint8Array): boolean {
    if (this.#isAbandoned) {
      this.#memory?.pass(chunk.length);
      return true;
    }
    this.#chunks.push(chunk);
    this.#count(chunk.length);
    if (!this.#isStreaming && this.#waitingBytes > this.#wholeUpToBytes()) this.#stream();
    this.#wake();
    return this.#waitingBytes <= this.#highWaterBytes();
  }

  #count(bytes: number): void {
    this.#waitingBytes += bytes;
    if (bytes > 0) this.#memory?.take(bytes);
    else this.#memory?.give(-bytes);
  }

  #wholeUpToBytes(): number {
    return this.#memory?.isTight === true ? SCARCE_HIGH_WATER_BYTES : WHOLE_UP_TO_BYTES;
  }

  #highWaterBytes(): number {
    return this.#memory?.isSpent === true ? SCARCE_HIGH_WATER_BYTES : HIGH_WATER_BYTES;
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#isEnded = true;
    if (this.#isStreaming) this.#wake();
    else this.#resolve(this.#toReply({ kind: "bytes", bytes: this.#takeAll() }));
  }

  fail(error: Error): void {
    clearTimeout(this.#timer);
    this.#isEnded = true;
    this.#failure = error;
    if (this.#isStreaming) return this.#wake();
    this.#takeAll();
    this.#resolve(undefined);
  }

  /** The whole response, which is the sender's from now on. */
  #takeAll(): Uint8Array {
    const bytes = Buffer.concat(this.#chunks);
    this.#chunks = [];
    this.#count(-this.#waitingBytes);
    return bytes;
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
        this.#count(-chunk.length);
        if (this.#waitingBytes <= this.#highWaterBytes() / 2) this.#resume();
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
    this.#count(-this.#waitingBytes);
    this.#resume();
  }

  #toReply(body: Reply["body"]): Reply | undefined {
    if (!this.#head) return undefined;
    return { ...this.#head, body };
  }
}
