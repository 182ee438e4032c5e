import { type Body, type BodySink, bytesBody, EMPTY_BODY, SPOOL_THRESHOLD_BYTES } from "./body.ts";
import type { ByteBudget } from "./byte-budget.ts";
import { Pieces } from "./pieces.ts";

/** A body that is not larger than this stays in memory, however much is there already. */
const LEAST_SPOOLED_BYTES = 8 * 1024;

/**
 * Gathers a body that arrives in pieces: in memory up to `SPOOL_THRESHOLD_BYTES`, in a sink beyond, or sooner where the
 * memory for all of them is spent. Keeps at most `limitBytes`; what goes over is counted and dropped. Ended by `finish` or
 * `discard`.
 */
export class BodyCollector {
  #limitBytes: number;
  readonly #openSink: () => Promise<BodySink>;
  readonly #memory: ByteBudget | undefined;
  readonly #pieces = new Pieces();
  #sink: BodySink | undefined;
  /** The write that is under way; a rejection stays here until `finish` sees it. */
  #writing: Promise<void> | undefined;
  #keptBytes = 0;
  #seenBytes = 0;
  #takenBytes = 0;
  #isGivenUp = false;

  /** @param memory what all bodies together may take of it; undefined: as much as it is */
  constructor(limitBytes: number, openSink: () => Promise<BodySink>, memory?: ByteBudget) {
    this.#limitBytes = limitBytes;
    this.#openSink = openSink;
    this.#memory = memory;
  }

  /** Bytes that came, kept or not. */
  get seenBytes(): number {
    return this.#seenBytes;
  }

  get isOverLimit(): boolean {
    return this.#seenBytes > this.#limitBytes;
  }

  /**
   * Takes one piece. Undefined: taken at once; otherwise the next piece should come when the promise resolves. It rejects
   * with the sink's error.
   */
  add(chunk: Uint8Array): Promise<void> | undefined {
    this.#seenBytes += chunk.length;
    const room = this.#limitBytes - this.#keptBytes;
    if (room <= 0) return undefined;
    const kept = chunk.length > room ? chunk.subarray(0, room) : chunk;
    this.#keptBytes += kept.length;
    this.#pieces.add(kept);
    if (this.#writing) {
      this.#memory?.pass(kept.length);
      // A sender may cut its body into pieces of one byte: each is not worth a write.
      if (this.#pieces.bytes < LEAST_SPOOLED_BYTES) return undefined;
      this.#writing = this.#spool(this.#writing, this.#pieces.take());
      return this.#writing;
    }
    this.#memory?.take(kept.length);
    this.#takenBytes += kept.length;
    if (!this.#isForSink()) return undefined;
    this.#writing = this.#moveToSink();
    return this.#writing;
  }

  /** The body so far. A small one is there at once; a spooled one when it is durable. */
  finish(): Body | Promise<Body> {
    if (this.#isGivenUp) return EMPTY_BODY;
    if (this.#writing) return this.#finishSink(this.#writing);
    const bytes = this.#pieces.takeWhole();
    return bytes === undefined ? EMPTY_BODY : bytesBody(bytes);
  }

  /** Nobody holds the body in memory any more: others may. */
  giveBack(): void {
    this.#memory?.give(this.#takenBytes);
    this.#takenBytes = 0;
  }

  /** Keeps nothing of it, and goes on counting: for a body that matters to somebody else and finds no room here. */
  async giveUp(): Promise<void> {
    this.#isGivenUp = true;
    this.#limitBytes = 0;
    await this.discard();
  }

  async discard(): Promise<void> {
    this.#pieces.take();
    this.giveBack();
    await this.#writing?.catch(() => undefined);
    await this.#sink?.discard();
  }

  #isForSink(): boolean {
    if (this.#keptBytes > SPOOL_THRESHOLD_BYTES) return true;
    return this.#memory?.isSpent === true && this.#keptBytes > LEAST_SPOOLED_BYTES;
  }

  async #spool(before: Promise<void>, chunks: readonly Uint8Array[]): Promise<void> {
    await before;
    for (const chunk of chunks) await this.#sink?.write(chunk);
  }

  async #finishSink(writing: Promise<void>): Promise<Body> {
    await this.#spool(writing, this.#pieces.take());
    return this.#sink ? this.#sink.finish() : EMPTY_BODY;
  }

  async #moveToSink(): Promise<void> {
    // Before anything is awaited: what comes meanwhile belongs behind it.
    const chunks = this.#pieces.take();
    this.#sink = await this.#openSink();
    for (const chunk of chunks) await this.#sink.write(chunk);
    this.giveBack();
  }
}
