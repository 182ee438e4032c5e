/** How many bytes one part of the program may hold in memory at a time. Whoever takes gives back; nobody is refused. */
export class ByteBudget {
  readonly limitBytes: number;
  readonly #meter: ByteMeter | undefined;
  #takenBytes = 0;

  /** @param meter told of every byte that is held here, however shortly */
  constructor(limitBytes: number, meter?: ByteMeter) {
    this.limitBytes = limitBytes;
    this.#meter = meter;
  }

  get takenBytes(): number {
    return this.#takenBytes;
  }

  /** Nothing more should be held. */
  get isSpent(): boolean {
    return this.#takenBytes >= this.limitBytes;
  }

  /** What is not needed at once should be let go. */
  get isTight(): boolean {
    return this.#takenBytes >= this.limitBytes / 2;
  }

  take(bytes: number): void {
    this.#takenBytes += bytes;
    this.#meter?.add(bytes);
  }

  give(bytes: number): void {
    this.#takenBytes -= bytes;
  }

  /** They come and go at once. */
  pass(bytes: number): void {
    this.#meter?.add(bytes);
  }
}

/** So many bytes come between two steps. */
const STEP_BYTES = 8 * 1024 * 1024;

/** Counts bytes that come into memory, and calls `onStep` now and then: what they leave behind is garbage. */
export class ByteMeter {
  onStep: () => void = () => undefined;
  #sinceStepBytes = 0;

  add(bytes: number): void {
    this.#sinceStepBytes += bytes;
    if (this.#sinceStepBytes < STEP_BYTES) return;
    this.#sinceStepBytes = 0;
    this.onStep();
  }
}
