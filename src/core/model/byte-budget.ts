/** How many bytes one part of the program may hold in memory at a time. Whoever takes gives back; nobody is refused. */
export class ByteBudget {
  readonly limitBytes: number;
  #takenBytes = 0;

  constructor(limitBytes: number) {
    this.limitBytes = limitBytes;
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
  }

  give(bytes: number): void {
    this.#takenBytes -= bytes;
  }
}
