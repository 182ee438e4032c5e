/** One that waits to be let in. */
interface Waiting {
  readonly bytes: number;
  readonly goIn: () => void;
}

/** Lets holders in strictly in the order in which they asked: at most `width` at a time, and at most so many bytes. */
export class Lane {
  readonly #width: number;
  readonly #limitBytes: number;
  #waiting: Waiting[] = [];
  /** How many of those in `#waiting` are in already: cutting each off would cost the length of the line. */
  #gone = 0;
  #inside = 0;
  #insideBytes = 0;

  /**
   * @param width Infinity: any number
   * @param limitBytes what all who are inside bring along; one alone may bring more
   */
  constructor(width: number, limitBytes = Infinity) {
    this.#width = width;
    this.#limitBytes = limitBytes;
  }

  /**
   * Undefined: the place is there at once; otherwise it is when the promise resolves. Given back by `leave`.
   * @param bytes what this one brings along
   */
  enter(bytes = 0): Promise<void> | undefined {
    if (this.#waiting.length > this.#gone || !this.#isRoomFor(bytes))
      return new Promise<void>((goIn) => this.#waiting.push({ bytes, goIn }));
    this.#goIn(bytes);
    return undefined;
  }

  /** @param bytes the same as on entering */
  leave(bytes = 0): void {
    this.#inside -= 1;
    this.#insideBytes -= bytes;
    for (let next = this.#next(); next && this.#isRoomFor(next.bytes); next = this.#next()) {
      this.#gone += 1;
      this.#goIn(next.bytes);
      next.goIn();
    }
    if (this.#gone < this.#waiting.length / 2) return;
    this.#waiting = this.#waiting.slice(this.#gone);
    this.#gone = 0;
  }

  #next(): Waiting | undefined {
    return this.#waiting[this.#gone];
  }

  #isRoomFor(bytes: number): boolean {
    if (this.#inside === 0) return true;
    return this.#inside < this.#width && this.#insideBytes + bytes <= this.#limitBytes;
  }

  #goIn(bytes: number): void {
    this.#inside += 1;
    this.#insideBytes += bytes;
  }
}
