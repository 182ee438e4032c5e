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
