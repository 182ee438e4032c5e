import type { Sink } from "../../terminal/sink.ts";

/** Counts what a running log leaves out while its reader is too slow; the store has it all. */
export class LeftOut {
  readonly #sink: Sink;
  #count = 0;

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  /** True: the next line is left out, and counted. */
  leavesOut(): boolean {
    if (!this.#sink.isOverfull) return false;
    this.#count += 1;
    return true;
  }

  /** How many lines were left out since the last call: to be told when the reader has caught up. */
  take(): number {
    const count = this.#count;
    this.#count = 0;
    return count;
  }
}
