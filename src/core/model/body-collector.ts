import { type Body, type BodySink, bytesBody, EMPTY_BODY, SPOOL_THRESHOLD_BYTES } from "./body.ts";

/**
 * Gathers a body that arrives in pieces: in memory up to `SPOOL_THRESHOLD_BYTES`, in a sink beyond. Keeps at
 * most `limitBytes`; what goes over is counted and dropped. Ended by `finish` or `discard`.
 */
export class BodyCollector {
  #limitBytes: number;
  readonly #openSink: () => Promise<BodySink>;
  #chunks: Uint8Array[] = [];
  #sink: BodySink | undefined;
  /** The write that is under way; a rejection stays here until `finish` sees it. */
  #writing: Promise<void> | undefined;
  #keptBytes = 0;
  #seenBytes = 0;
  #isGivenUp = false;

  constructor(limitBytes: number, openSink: () => Promise<BodySink>) {
    this.#limitBytes = limitBytes;
    this.#openSink = openSink;
  }

  /** Bytes that came, kept or not. */
  get seenBytes(): number {
    return this.#seenBytes;
  }

  get isOverLimit(): boolean {
    return this.#seenBytes > this.#limitBytes;
  }

  /**
   * Takes one piece. Undefined: taken at once; otherwise the next piece may come when the promise resolves. It rejects
   * with the sink's error.
   */
  add(chunk: Uint8Array): Promise<void> | undefined {
    this.#seenBytes += chunk.length;
    const room = this.#limitBytes - this.#keptBytes;
    if (room <= 0) return undefined;
    const kept = chunk.length > room ? chunk.subarray(0, room) : chunk;
    this.#keptBytes += kept.length;
    if (!this.#writing) {
      this.#chunks.push(kept);
      if (this.#keptBytes <= SPOOL_THRESHOLD_BYTES) return undefined;
    }
    this.#writing = this.#writing ? this.#spool(this.#writing, kept) : this.#moveToSink();
    return this.#writing;
  }

  /** The body so far. A small one is there at once; a spooled one when it is durable. */
  finish(): Body | Promise<Body> {
    if (this.#isGivenUp) return EMPTY_BODY;
    if (this.#writing) return this.#finishSink(this.#writing);
    const only = this.#chunks[0];
    if (only === undefined) return EMPTY_BODY;
    return bytesBody(this.#chunks.length === 1 ? only : Buffer.concat(this.#chunks));
  }

  /** Keeps nothing of it, and goes on counting: for a body that matters to somebody else and finds no room here. */
  async giveUp(): Promise<void> {
    this.#isGivenUp = true;
    this.#limitBytes = 0;
    await this.discard();
  }

  async discard(): Promise<void> {
    this.#chunks = [];
    await this.#writing?.catch(() => undefined);
    await this.#sink?.discard();
  }

  async #spool(before: Promise<void>, chunk: Uint8Array): Promise<void> {
    await before;
    await this.#sink?.write(chunk);
  }

  async #finishSink(writing: Promise<void>): Promise<Body> {
    await writing;
    return this.#sink ? this.#sink.finish() : EMPTY_BODY;
  }

  async #moveToSink(): Promise<void> {
    this.#sink = await this.#openSink();
    const chunks = this.#chunks;
    this.#chunks = [];
    for (const chunk of chunks) await this.#sink.write(chunk);
  }
}
