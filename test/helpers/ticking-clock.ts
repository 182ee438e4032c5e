import type { Clock } from "../../src/core/model/clock.ts";
import { SteppedClock } from "./stepped-clock.ts";

/** A clock on which a fixed time goes by with each look at it, and none between; it counts the looks. */
export class TickingClock implements Clock {
  readonly #clock = new SteppedClock();
  readonly #tickMs: number;
  readonly #watchers = new Set<() => void>();
  #looks = 0;

  /** @param tickMs 0: it stands still */
  constructor(tickMs = 0) {
    this.#tickMs = tickMs;
  }

  nowMs(): number {
    return this.#clock.nowMs();
  }

  monotonicMs(): number {
    this.#looks += 1;
    const atMs = this.#clock.monotonicMs();
    this.#clock.advance(this.#tickMs);
    for (const look of this.#watchers) look();
    return atMs;
  }

  async wait(durationMs: number, signal?: AbortSignal): Promise<void> {
    return this.#clock.wait(durationMs, signal);
  }

  advance(durationMs: number): void {
    this.#clock.advance(durationMs);
  }

  /** Resolves when somebody has looked so many times more. */
  async looks(count: number): Promise<void> {
    const enough = this.#looks + count;
    while (this.#looks < enough) {
      await new Promise<void>((resolve) => {
        const look = (): void => {
          this.#watchers.delete(look);
          resolve();
        };
        this.#watchers.add(look);
      });
    }
  }
}
