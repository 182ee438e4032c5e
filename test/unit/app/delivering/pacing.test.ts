import { describe, expect, test } from "vitest";
import { type Pace, sendPaced } from "../../../../src/app/delivering/pacing.ts";
import { type Clock, systemClock } from "../../../../src/core/model/clock.ts";
import { gate } from "../../../helpers/capture.ts";

const still = new AbortController().signal;

describe("what is sent at a pace", () => {
  test("starts in order, one after the other has ended", async () => {
    const told: string[] = [];
    await sendPaced([1, 2, 3], pace({}), async (one) => {
      told.push(`+${one}`);
      await Promise.resolve();
      told.push(`-${one}`);
    });
    expect(told).toEqual(["+1", "-1", "+2", "-2", "+3", "-3"]);
  });

  test("is under way as often as it may be, and no more often", async () => {
    const ends = [gate(), gate(), gate(), gate()];
    const started: number[] = [];
    let running = 0;
    let most = 0;
    const all = sendPaced([0, 1, 2, 3], pace({ concurrency: 3 }), async (one) => {
      started.push(one);
      running += 1;
      most = Math.max(most, running);
      await ends[one]?.opened;
      running -= 1;
    });
    await turns();
    expect(started).toEqual([0, 1, 2]);
    ends[1]?.open();
    await turns();
    expect(started).toEqual([0, 1, 2, 3]);
    for (const { open } of ends) open();
    await all;
    expect([most, running]).toEqual([3, 0]);
  });

  test("keeps the interval between two starts, and does not wait where the sends take longer", async () => {
    const clock = jumpingClock();
    const startedMs: number[] = [];
    const took = [10, 250, 0, 0];
    await sendPaced([0, 1, 2, 3], pace({ clock, intervalMs: 100 }), async (one) => {
      startedMs.push(clock.monotonicMs());
      clock.jump(took[one] ?? 0);
    });
    expect(startedMs).toEqual([0, 100, 350, 450]);
  });

  test("counts the interval from when a send tells that it has begun", async () => {
    const clock = jumpingClock();
    const begunMs: number[] = [];
    const preparing = [30, 5, 0];
    await sendPaced([0, 1, 2], pace({ clock, intervalMs: 100 }), async (one, begun) => {
      clock.jump(preparing[one] ?? 0);
      begunMs.push(clock.monotonicMs());
      begun();
    });
    expect(begunMs).toEqual([30, 135, 235]);
  });

  test("keeps a rate: what came late is caught up with, but for what is late by more than a second", async () => {
    const clock = jumpingClock();
    const startedMs: number[] = [];
    const took = [10, 250, 0, 0, 5000, 0, 0];
    await sendPaced([0, 1, 2, 3, 4, 5, 6], pace({ clock, intervalMs: 100, keepsRate: true }), async (one) => {
      startedMs.push(clock.monotonicMs());
      clock.jump(took[one] ?? 0);
    });
    expect(startedMs.slice(0, 5)).toEqual([0, 100, 350, 350, 400]);
    expect(startedMs.slice(5)).toEqual([5400, 5400]);
  });

  test("starts no more when it is stopped, and ends when what is under way has ended", async () => {
    const stop = new AbortController();
    const started: number[] = [];
    const ended: number[] = [];
    const wait = gate();
    const all = sendPaced([1, 2, 3], pace({ concurrency: 2, signal: stop.signal }), async (one) => {
      started.push(one);
      await wait.opened;
      ended.push(one);
    });
    await turns();
    stop.abort();
    wait.open();
    await all;
    expect([started, ended]).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  test("stops in the middle of an interval", async () => {
    const stop = new AbortController();
    const started: number[] = [];
    await sendPaced([1, 2], pace({ intervalMs: 3_600_000, signal: stop.signal }), async (one) => {
      started.push(one);
      setImmediate(() => stop.abort());
    });
    expect(started).toEqual([1]);
  });

  test("fails as its first failure does, after the others have ended", async () => {
    const ended: number[] = [];
    const wait = gate();
    const all = sendPaced([1, 2, 3, 4], pace({ concurrency: 2 }), async (one) => {
      if (one === 1) await wait.opened;
      if (one === 2) throw new Error("two");
      ended.push(one);
    });
    await turns();
    wait.open();
    await expect(all).rejects.toThrow("two");
    expect(ended).toEqual([1]);
  });
});

function pace(changes: Partial<Pace>): Pace {
  return { concurrency: 1, intervalMs: 0, clock: systemClock, signal: still, ...changes };
}

/** Waits at once, and says how much later it is. */
function jumpingClock(): Clock & { jump(ms: number): void } {
  let nowMs = 0;
  const jump = (ms: number): void => {
    nowMs += ms;
  };
  return { nowMs: () => nowMs, monotonicMs: () => nowMs, wait: async (durationMs) => jump(durationMs), jump };
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
