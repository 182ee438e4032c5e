import { expect } from "vitest";

/**
 * Holds that something is not over before its time. That it took longer proves nothing, since the machine may be busy: what
 * must not take long is counted, or measured by `npm run bench`.
 */
export async function notBefore<Result>(leastMs: number, work: () => Promise<Result>): Promise<Result> {
  const startedMs = performance.now();
  const result = await work();
  // Timers of Node may be early by a part of a millisecond.
  expect(performance.now() - startedMs).toBeGreaterThan(leastMs - 2);
  return result;
}
