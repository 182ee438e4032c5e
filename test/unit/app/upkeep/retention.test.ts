import { expect, onTestFinished, test } from "vitest";
import { Feed } from "../../../../src/app/session/feed.ts";
import { retain } from "../../../../src/app/upkeep/retention.ts";
import { type Clock, systemClock } from "../../../../src/core/model/clock.ts";
import type { RetentionLimits } from "../../../../src/app/upkeep/prune.ts";
import { fillStore } from "../../../helpers/filled-store.ts";
import { sampleRequest } from "../../../helpers/samples.ts";
import { lookInto, openStore } from "../../../helpers/stores.ts";

const MINUTE_MS = 60_000;

test("the store is pruned at once, and again every minute", async () => {
  const { store, nextMinute, pruned } = await start({ keep: 10 });
  expect(store.read.countRequests()).toBe(10);
  await fillStore(store, 20);
  nextMinute();
  await pruned();
  expect(store.read.countRequests()).toBe(10);
});

test("five hundred requests do not wait for the minute to end", async () => {
  const { store, feed, pruned } = await start({ keep: 10 });
  await fillStore(store, 20);
  for (let count = 0; count < 499; count += 1) feed.publish({ kind: "request", seq: 1, request: sampleRequest() });
  expect(store.read.countRequests()).toBe(30);
  feed.publish({ kind: "request", seq: 1, request: sampleRequest() });
  await pruned();
  expect(store.read.countRequests()).toBe(10);
});

test("without a limit there is nothing to do", async () => {
  const store = openStore();
  await fillStore(store, 30);
  const { signal } = new AbortController();
  await retain({ store, feed: new Feed(), clock: systemClock, signal, limits: { keep: undefined } });
  expect(store.read.countRequests()).toBe(30);
});

test("another process's lock ends one pass, not the next one", async () => {
  const { store, nextMinute, pruned } = await start({ keep: 10 });
  await fillStore(store, 5);
  const other = lookInto(store.path);
  other.exec("BEGIN IMMEDIATE");
  nextMinute();
  await pruned();
  expect(store.read.countRequests()).toBe(15);
  other.exec("ROLLBACK");
  nextMinute();
  await pruned();
  expect(store.read.countRequests()).toBe(10);
});

test("it ends with its signal, also in the middle of a pass", async () => {
  const store = openStore();
  await fillStore(store, 3000);
  const ended = new AbortController();
  let slices = 0;
  const clock: Clock = {
    ...systemClock,
    wait: async () => {
      if ((slices += 1) === 8) ended.abort();
    },
  };
  await retain({ store, feed: new Feed(), clock, signal: ended.signal, limits: { keep: 1 } });
  expect(store.read.countRequests()).toBeGreaterThan(1);
  expect(store.read.countRequests()).toBeLessThan(3000);
});

/** A store of 30 requests that is kept within limits; resolves after the first pass. Minutes pass when they are told to. */
async function start(limits: RetentionLimits) {
  const store = openStore({ busyTimeoutMs: 0 });
  await fillStore(store, 30);
  const feed = new Feed();
  const ended = new AbortController();
  let skippedMs = 0;
  let nextMinute: () => void = () => undefined;
  let arrived: () => void = () => undefined;
  let arrival = new Promise<void>((resolve) => (arrived = resolve));
  const clock: Clock = {
    ...systemClock,
    monotonicMs: () => systemClock.monotonicMs() + skippedMs,
    wait: async (durationMs, signal) => {
      skippedMs += durationMs;
      if (durationMs !== MINUTE_MS) return undefined;
      arrived();
      return new Promise((resolve) => {
        nextMinute = resolve;
        signal?.addEventListener("abort", () => resolve());
      });
    },
  };
  const retaining = retain({ store, feed, clock, signal: ended.signal, limits });
  onTestFinished(async () => {
    ended.abort();
    await retaining;
  });
  /** Resolves when the pass that is due has ended. */
  const pruned = async (): Promise<void> => {
    await arrival;
    arrival = new Promise((resolve) => (arrived = resolve));
  };
  await pruned();
  return { store, feed, pruned, nextMinute: () => nextMinute() };
}
