import type { Clock } from "./clock.ts";

export interface SeldomOptions {
  readonly clock: Clock;
  /** How long it is quiet after each time. */
  readonly everyMs: number;
  /** @param count how often it has happened since it was said last, this time included */
  readonly say: (count: number) => void;
}

/** Says what may happen very often: the first time at once, then with a count, and never in quick succession. */
export class Seldom {
  readonly #options: SeldomOptions;
  #saidMs = -Infinity;
  #count = 0;

  constructor(options: SeldomOptions) {
    this.#options = options;
  }

  happened(): void {
    this.#count += 1;
    this.look();
  }

  /** Says what was kept back, once its time has come. Called now and then by whoever sweeps. */
  look(): void {
    const { clock, everyMs, say } = this.#options;
    if (this.#count === 0 || clock.monotonicMs() - this.#saidMs < everyMs) return;
    const count = this.#count;
    this.#saidMs = clock.monotonicMs();
    this.#count = 0;
    say(count);
  }
}
