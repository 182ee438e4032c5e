import type { Clock } from "../../core/model/clock.ts";
import { HookcliError } from "../../core/model/errors.ts";

export interface Pace {
  /** What a slice should take; it may take a little more. */
  readonly sliceMs: number;
  /** Rest after each slice, as a multiple of what it took; 0: only others' turns on the event loop. */
  readonly restFactor: number;
  /** Pages of the database that may stay unused: what comes next needs them. */
  readonly sparePages: number;
  /** What is not likely to be found is not looked for to the end. */
  readonly isPolite: boolean;
}

/** For a process that captures: it works a third of the time at most, and never long. */
export const POLITE: Pace = { sliceMs: 6, restFactor: 2, sparePages: 256, isPolite: true };
/** For a command that somebody waits for; short all the same, because a listener may need the lock in between. */
export const BRISK: Pace = { sliceMs: 10, restFactor: 0.2, sparePages: 0, isPolite: false };

export interface SlicesOptions {
  readonly clock: Clock;
  readonly pace: Pace;
  readonly signal?: AbortSignal | undefined;
  readonly least: number;
  readonly most: number;
}

/** A full disk: how often a slice is tried again, smaller each time, and how long room is waited for in between. */
const TRIES_WHEN_FULL = 40;
const WAIT_WHEN_FULL_MS = 100;
/** How long another process's lock is waited for. */
const BUSY_PATIENCE_MS = 10_000;
const WAIT_WHEN_BUSY_MS = 20;

/** Long work in portions, each as large as the time that the one before it took allows. */
export class Slices {
  readonly #options: SlicesOptions;
  #portion: number;

  constructor(options: SlicesOptions) {
    this.#options = options;
    this.#portion = Math.max(options.least, Math.round(options.most / 10));
  }

  /** How much the next slice is given. */
  get portion(): number {
    return this.#portion;
  }

  /**
   * Does one slice, which blocks, and rests after it. A lock is waited for; on a full disk it is tried again with less.
   * @throws what `work` throws, and the signal's reason
   */
  async next<Result>(work: (portion: number) => Result): Promise<Result> {
    const { clock } = this.#options;
    return this.step(() => {
      const beganMs = clock.monotonicMs();
      const result = work(this.#portion);
      this.#adapt(clock.monotonicMs() - beganMs);
      return result;
    });
  }

  /** The same for work that has no portions. */
  async step<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    const { clock, signal, pace } = this.#options;
    const startedMs = clock.monotonicMs();
    for (let fullTimes = 0; ;) {
      signal?.throwIfAborted();
      const beganMs = clock.monotonicMs();
      try {
        const result = await work();
        await clock.wait(Math.ceil((clock.monotonicMs() - beganMs) * pace.restFactor), signal);
        return result;
      } catch (error) {
        const code = error instanceof HookcliError ? error.code : undefined;
        const isFull = code === "STORE_FULL" && fullTimes < TRIES_WHEN_FULL;
        const isBusy = code === "STORE_BUSY" && clock.monotonicMs() - startedMs < BUSY_PATIENCE_MS;
        if (!isFull && !isBusy) throw error;
        if (isFull) this.#portion = Math.max(this.#options.least, Math.floor(this.#portion / 4));
        // The first time is not waited for: the store has just given up its ballast, so that there is room.
        if (isFull) fullTimes += 1;
        if (!isFull || fullTimes > 1) await clock.wait(isFull ? WAIT_WHEN_FULL_MS : WAIT_WHEN_BUSY_MS, signal);
      }
    }
  }

  #adapt(tookMs: number): void {
    const { least, most, pace } = this.#options;
    // By at most half a portion up, and down by as much as it takes: a portion grows slowly and shrinks at once.
    const factor = Math.min(1.5, pace.sliceMs / Math.max(tookMs, 0.01));
    this.#portion = Math.min(most, Math.max(least, Math.floor(this.#portion * factor) + (factor > 1 ? 1 : 0)));
  }
}
