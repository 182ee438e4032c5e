/** Pieces of bodies that may wait in memory for their files to take them. */
const MOST_BYTES = 1024 * 1024;
/** Connections that are read on in one turn of the event loop. */
const A_TURN = 8;

/**
 * Bodies that go to files are read no faster than the disk takes them: each of a thousand connections brings 64 KiB at a
 * time. Where too much waits, all of them stop, and go on a few at a time.
 */
export class SpoolTurns {
  readonly #stopAll: () => void;
  #pendingBytes = 0;
  readonly #waiting: (() => void)[] = [];
  #isGoingOn = false;

  /** @param stopAll holds every connection on which a body is arriving, and has it wait here */
  constructor(stopAll: () => void) {
    this.#stopAll = stopAll;
  }

  /** Nothing more should be read for a body. */
  get isFull(): boolean {
    return this.#pendingBytes > MOST_BYTES;
  }

  /** So much was read and is being written. */
  began(bytes: number): void {
    const wasFull = this.isFull;
    this.#pendingBytes += bytes;
    if (!wasFull && this.isFull) this.#stopAll();
  }

  /** So much is written. */
  ended(bytes: number): void {
    this.#pendingBytes -= bytes;
    this.#goOn();
  }

  /** @param goOn called when a connection that is held may be read on: at once where there is room */
  wait(goOn: () => void): void {
    if (this.isFull || this.#waiting.length > 0) {
      this.#waiting.push(goOn);
      this.#goOn();
    } else goOn();
  }

  #goOn(): void {
    if (this.#isGoingOn || this.isFull || this.#waiting.length === 0) return;
    this.#isGoingOn = true;
    setImmediate(() => {
      this.#isGoingOn = false;
      if (!this.isFull) for (const next of this.#waiting.splice(0, A_TURN)) next();
      this.#goOn();
    });
  }
}
