import type { Clock } from "../../src/core/model/clock.ts";

interface Wait {
  readonly untilMs: number;
  readonly end: () => void;
}

/** A clock that stands still until a test moves it. */
export class SteppedClock implements Clock {
  #nowMs = 0;
  readonly #waits = new Set<Wait>();
  readonly #watchers = new Set<() => void>();

  nowMs(): number {
    return this.#nowMs;
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  wait(durationMs: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      const wait: Wait = {
        untilMs: this.#nowMs + durationMs,
        end: () => {
          this.#waits.delete(wait);
          signal?.removeEventListener("abort", wait.end);
          resolve();
        },
      };
      this.#waits.add(wait);
      signal?.addEventListener("abort", wait.end);
      for (const look of this.#watchers) look();
    });
  }

  /** How long those who wait still have to, the shortest first. */
  get remainingMs(): readonly number[] {
    return [...this.#waits].map(({ untilMs }) => untilMs - this.#nowMs).toSorted((a, b) => a - b);
  }

  /** Resolves when so many wait. */
  async waiting(count: number): Promise<void> {
    while (this.#waits.size < count) {
      await new Promise<void>((resolve) => {
        const look = (): void => {
          this.#watchers.delete(look);
          resolve();
        };
        this.#watchers.add(look);
      });
    }
  }

  advance(durationMs: number): void {
    this.#nowMs += durationMs;
    for (const wait of this.#waits) if (wait.untilMs <= this.#nowMs) wait.end();
  }
}
