/** Time, as everything but the edges sees it, so that tests can move it. */
export interface Clock {
  /** Wall time in epoch milliseconds. */
  nowMs(): number;
  /** A time that never jumps, in milliseconds with fractions; only differences mean something. */
  monotonicMs(): number;
  /** Resolves after this time, or at once when `signal` aborts. Alone it does not keep the process running. */
  wait(durationMs: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  wait: (durationMs, signal) =>
    new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", end);
        resolve();
      };
      const timer = setTimeout(end, durationMs);
      timer.unref();
      signal?.addEventListener("abort", end);
      if (signal?.aborted === true) end();
    }),
};

/** The last moment that a `Date` can hold, in milliseconds since the epoch; the first one is its negative. */
export const LAST_MOMENT_MS = 8.64e15;

/** Whether a `Date` can hold it. */
export function isDate(atMs: number): boolean {
  return Math.abs(atMs) <= LAST_MOMENT_MS;
}

/** The nearest moment that a `Date` can hold. */
export function withinDates(atMs: number): number {
  return Number.isNaN(atMs) ? 0 : Math.min(LAST_MOMENT_MS, Math.max(-LAST_MOMENT_MS, atMs));
}
