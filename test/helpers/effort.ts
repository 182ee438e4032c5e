import { expect } from "vitest";
import { collectGarbage } from "./garbage.ts";

/** Below this much work a figure says nothing. */
const NOISE_MS = 5;
/** Times the work for eight times as much: 8 where it grows with the length, 64 where it grows with its square. */
const MOST_GROWTH = 24;

/** Whoever collects garbage or compiles meanwhile makes one try say too much, and never too little. */
const TRIES = 5;

/**
 * Holds that work grows with the size of what is worked on, and not with its square. What counts is this thread's own
 * processor time, of one size against an eighth of it in the same run: whatever else the machine does, both meet it.
 */
export function expectLinear(size: number, work: (size: number) => void): void {
  let least = Infinity;
  for (let tries = 0; tries < TRIES && least >= MOST_GROWTH; tries += 1) {
    // What others left behind is not its work.
    collectGarbage();
    const small = effortMs(() => work(size / 8));
    const large = effortMs(() => work(size));
    least = Math.min(least, large / Math.max(small, NOISE_MS));
  }
  expect(least).toBeLessThan(MOST_GROWTH);
}

function effortMs(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
