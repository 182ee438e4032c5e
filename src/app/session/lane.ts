/** Lets at most `width` holders in at a time, strictly in the order in which they asked. */
export class Lane {
  readonly #width: number;
  readonly #waiting: (() => void)[] = [];
  #inside = 0;

  /** @param width Infinity: nobody ever waits */
  constructor(width: number) {
    this.#width = width;
  }

  /** Undefined: the place is there at once; otherwise it is when the promise resolves. Given back by `leave`. */
  enter(): Promise<void> | undefined {
    if (this.#inside >= this.#width) return new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#inside += 1;
    return undefined;
  }

  leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#inside -= 1;
  }
}
