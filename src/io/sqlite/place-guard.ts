import type { Clock } from "../../core/model/clock.ts";
import type { Departure, OpenFiles, PlaceWatch } from "./place-watch.ts";

export interface PlaceGuardOptions {
  readonly watch: Pick<PlaceWatch, "look" | "files" | "isLogFolded" | "foldBegan" | "foldEnded">;
  readonly clock: Clock;
  /** Told once, when files are not where they belong. @returns what everyone is told from then on */
  readonly onDeparture: (departure: Departure) => Error;
  /** Called at each look: what else is there may be looked at too. */
  readonly onLook?: () => void;
}

/** A look is good for so long, so an acknowledgement never relies on an older one. */
const GOOD_FOR_MS = 200;
/** Something that another process's fold explains is looked at again so often, and believed after so long. */
const DOUBT_AGAIN_MS = 20;
const DOUBT_FOR_MS = 1000;

/**
 * Looks at an open database's files: all the time, and in any case shortly before each acknowledgement. Once they are not
 * where they belong, nothing is acknowledged and nothing folded any more. Closed by whoever made it.
 */
export class PlaceGuard {
  readonly #options: PlaceGuardOptions;
  readonly #ended = new AbortController();
  #lookedAtMs = -Infinity;
  #doubtSinceMs: number | undefined;
  #departed: Error | undefined;

  constructor(options: PlaceGuardOptions) {
    this.#options = options;
    void this.#keepLooking();
  }

  /** Undefined: all was in its place at the last look. */
  get departed(): Error | undefined {
    return this.#departed;
  }

  /**
   * For what is about to be acknowledged. Undefined: all is in its place, as of a moment ago; a promise: it has to be seen.
   * @throws what `onDeparture` gave, and rejects with it
   */
  vouch(): Promise<void> | undefined {
    if (this.#departed) throw this.#departed;
    const { watch, clock } = this.#options;
    const isFresh = clock.monotonicMs() - this.#lookedAtMs < GOOD_FOR_MS && !watch.isLogFolded;
    if (isFresh && this.#doubtSinceMs === undefined) return undefined;
    return this.isHere() ? undefined : this.#whenSure();
  }

  /** Looks now. False: there is a doubt that will be over soon. @throws what `onDeparture` gave */
  isHere(): boolean {
    if (this.#departed) throw this.#departed;
    const { watch, clock, onDeparture, onLook } = this.#options;
    const nowMs = clock.monotonicMs();
    this.#lookedAtMs = nowMs;
    onLook?.();
    const suspicion = watch.look();
    if (!suspicion) {
      this.#doubtSinceMs = undefined;
      return true;
    }
    this.#doubtSinceMs ??= nowMs;
    if (!suspicion.isSure && nowMs - this.#doubtSinceMs < DOUBT_FOR_MS) return false;
    this.#ended.abort();
    this.#departed = onDeparture(suspicion.departure);
    throw this.#departed;
  }

  /** What a fold may be made in; undefined: none may be made now. To be ended with `foldEnded`. */
  beginFold(): OpenFiles | undefined {
    try {
      if (!this.isHere()) return undefined;
    } catch {
      return undefined;
    }
    this.#options.watch.foldBegan();
    return this.#options.watch.files;
  }

  foldEnded(): void {
    this.#options.watch.foldEnded();
    try {
      if (!this.#departed) this.isHere();
    } catch {
      // Everyone was told.
    }
  }

  close(): void {
    this.#ended.abort();
  }

  async #whenSure(): Promise<void> {
    do await this.#options.clock.wait(DOUBT_AGAIN_MS);
    while (!this.isHere());
  }

  async #keepLooking(): Promise<void> {
    const { clock } = this.#options;
    const { signal } = this.#ended;
    while (!signal.aborted) {
      await clock.wait(this.#doubtSinceMs === undefined ? GOOD_FOR_MS : DOUBT_AGAIN_MS, signal);
      if (signal.aborted) return;
      try {
        this.isHere();
      } catch {
        // Everyone was told.
        return;
      }
    }
  }
}
