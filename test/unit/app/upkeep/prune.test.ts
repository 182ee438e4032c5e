import { statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { prune, totalBytes } from "../../../../src/app/upkeep/prune.ts";
import { BRISK, POLITE } from "../../../../src/app/upkeep/slices.ts";
import { type Clock, systemClock } from "../../../../src/core/model/clock.ts";
import type { Store } from "../../../../src/io/store/store.ts";
import { EVENT_MEMORY_MS } from "../../../../src/io/store/upkeep/upkeep.ts";
import { fillStore, spooled } from "../../../helpers/filled-store.ts";
import { capturedRequest } from "../../../helpers/samples.ts";
import { lookInto, openStore } from "../../../helpers/stores.ts";
import { turns } from "../../../helpers/turns.ts";

const brisk = { clock: systemClock, pace: BRISK } as const;
const HOUR_MS = 3_600_000;

describe("limits", () => {
  test("--keep: so many of the newest stay, whatever gaps there are", async () => {
    const store = openStore();
    const ids = await fillStore(store, 1200);
    store.upkeep.remove(ids.slice(1000, 1100));
    expect(await prune(store, { keep: 300 }, brisk)).toMatchObject({ requests: 800, busy: [] });
    expect(idsIn(store)).toEqual([...ids.slice(800, 1000), ...ids.slice(1100)]);
    expect(await prune(store, { keep: 300 }, brisk)).toMatchObject({ requests: 0 });
    expect(await prune(store, { keep: 0 }, brisk)).toMatchObject({ requests: 300 });
  });

  test("--older-than: what came longer ago goes, also where it stands behind newer ones", async () => {
    const store = openStore();
    const now = Date.now();
    const isOld = (place: number): boolean => place < 3 || place === 1500;
    const ids = await fillStore(store, 2000, (place) => ({ receivedAtMs: isOld(place) ? now - 2 * HOUR_MS : now }));
    expect(await prune(store, { olderThanMs: HOUR_MS }, brisk)).toMatchObject({ requests: 4 });
    expect(idsIn(store)).toEqual(ids.filter((_, place) => !isOld(place)));
  });

  test("--max-size: the oldest go until database, log and bodies take no more, and no more than needed", async () => {
    const store = openStore();
    for (let count = 0; count < 40; count += 1) {
      const body = await spooled(store, Buffer.alloc(100_000));
      await store.insertRequest(capturedRequest({ body }));
    }
    const { before, after, requests } = await prune(store, { maxBytes: 3_000_000 }, brisk);
    expect(totalBytes(before)).toBeGreaterThan(4_000_000);
    expect(totalBytes(after)).toBeLessThanOrEqual(3_000_000);
    expect(totalBytes(after)).toBeGreaterThan(2_700_000);
    expect(requests).toBeLessThan(16);
    expect(idsIn(store).at(-1)).toBe(40);
  });

  test("a log that is merely long costs no request", async () => {
    const store = openStore();
    await fillStore(store, 300, () => ({ body: { kind: "bytes", bytes: Buffer.alloc(5000) } }));
    await store.upkeep.checkpoint(true);
    lookInto(store.path).exec("PRAGMA wal_autocheckpoint = 0; UPDATE request_bodies SET bytes = randomblob(5000)");
    const maxBytes = store.upkeep.usedBytes + 500_000;
    const { before, requests } = await prune(store, { maxBytes }, brisk);
    expect(totalBytes(before)).toBeGreaterThan(maxBytes);
    expect(requests).toBe(0);
  });

  test("without a limit nothing goes but unused room", async () => {
    const store = openStore();
    const ids = await fillStore(store, 500, () => ({ body: { kind: "bytes", bytes: Buffer.alloc(5000) } }));
    store.upkeep.remove(ids.slice(0, 200));
    const { before, after, requests } = await prune(store, {}, brisk);
    expect(requests).toBe(0);
    expect(totalBytes(after)).toBeLessThan(totalBytes(before) - 900_000);
    expect(store.upkeep.freePages).toBe(0);
  });
});

test("a dry run changes nothing and says the same", async () => {
  const store = openStore();
  const now = Date.now();
  await fillStore(store, 600, (place) => ({ receivedAtMs: now - (600 - place) * 60_000 }));
  const limits = { keep: 500, olderThanMs: 9 * HOUR_MS };
  const promised = await prune(store, limits, { ...brisk, isDryRun: true });
  expect(store.read.countRequests()).toBe(600);
  const { requests, deliveries, attempts, bodyBytes } = await prune(store, limits, brisk);
  expect(promised).toMatchObject({ requests, deliveries, attempts, bodyBytes });
  expect(requests).toBe(100);
});

test("a dry run for a size comes near", async () => {
  const store = openStore();
  await fillStore(store, 2000, () => ({ body: { kind: "bytes", bytes: Buffer.alloc(3000) } }));
  const limits = { maxBytes: 4_000_000 };
  const promised = await prune(store, limits, { ...brisk, isDryRun: true });
  const done = await prune(store, limits, brisk);
  expect(Math.abs(promised.requests - done.requests)).toBeLessThan(done.requests / 3);
});

test("what is in use stays, and is named once", async () => {
  const store = openStore();
  const [busy = 0] = await fillStore(store, 30);
  await store.insertDelivery(busy, { url: "http://localhost:1/", cause: "replay" });
  const pruned = await prune(store, { keep: 0, olderThanMs: 0, maxBytes: 1 }, brisk);
  expect(pruned).toMatchObject({ requests: 29, busy: [busy] });
});

test("ids of events outlive their requests for 72 hours, older ones go", async () => {
  const store = openStore();
  const db = lookInto(store.path);
  const now = Date.now();
  await fillStore(store, 3, (place) => ({ receivedAtMs: now - place * EVENT_MEMORY_MS }));
  const remember = db.prepare("INSERT INTO pruned_events (event_id, received_at_ms) VALUES (?, ?)");
  for (let count = 0; count < 500; count += 1) remember.run(`old_${count}`, now - EVENT_MEMORY_MS - 1000);
  await prune(store, { keep: 0 }, brisk);
  expect(db.prepare("SELECT event_id FROM pruned_events").pluck().all()).toEqual(["evt_1"]);
});

test("politely, thousands of requests go without 20 ms of work at a time, and with more rest than work", async () => {
  const work = new CountedWork();
  const store = openStore({ clock: work });
  await fillStore(store, 5000, () => ({ body: { kind: "bytes", bytes: Buffer.alloc(400, "x") } }));
  await store.upkeep.checkpoint(true);
  const large = statSync(store.path).size;
  work.begin();
  await prune(store, { keep: 2000 }, { clock: work, pace: POLITE });
  expect(store.read.countRequests()).toBe(2000);
  expect(statSync(store.path).size).toBeLessThan(large * 0.75);
  expect(work.longestMs).toBeLessThan(20);
  expect(work.restedMs).toBeGreaterThan(work.workedMs);
});

/** A clock on which each look takes half a millisecond: one row's work, which looks once. It counts work and rests. */
class CountedWork implements Clock {
  longestMs = 0;
  workedMs = 0;
  restedMs = 0;
  #atMs = 0;
  #sinceMs = 0;

  /** What was done before does not count. */
  begin(): void {
    this.#sinceMs = this.#atMs;
  }

  nowMs(): number {
    return systemClock.nowMs();
  }

  monotonicMs(): number {
    this.#atMs += 0.5;
    return this.#atMs;
  }

  async wait(durationMs: number): Promise<void> {
    const tookMs = this.#atMs - this.#sinceMs;
    this.longestMs = Math.max(this.longestMs, tookMs);
    this.workedMs += tookMs;
    this.restedMs += durationMs;
    this.#atMs += durationMs;
    this.#sinceMs = this.#atMs;
    // Whoever rests lets others have their turn.
    await turns(1);
  }
}

function idsIn(store: Store): readonly number[] {
  return store.upkeep.find.idsBetween(1, Number.MAX_SAFE_INTEGER, 10_000);
}
