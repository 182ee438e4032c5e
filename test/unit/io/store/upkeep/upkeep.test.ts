import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { describe, expect, onTestFinished, test } from "vitest";
import type { HookcliError } from "../../../../../src/core/model/errors.ts";
import { MOST_ROWS } from "../../../../../src/io/store/upkeep/upkeep.ts";
import { foldLog, garblePages } from "../../../../helpers/damage.ts";
import { fillStore, spooled } from "../../../../helpers/filled-store.ts";
import { capturedRequest } from "../../../../helpers/samples.ts";
import { SteppedClock } from "../../../../helpers/stepped-clock.ts";
import { lookInto, openStore } from "../../../../helpers/stores.ts";
import { transactionsInLog } from "../../../../helpers/wal.ts";
import { BEFORE_EVERY_EVENT } from "../../../../../src/io/store/upkeep/retention-rows.ts";

describe("a removal", () => {
  test("takes at most 200 requests, in one transaction", async () => {
    const store = openStore();
    const ids = await fillStore(store, MOST_ROWS + 5);
    const before = transactionsInLog(store.path);
    const removed = store.upkeep.remove(ids);
    expect(transactionsInLog(store.path) - before).toBe(1);
    expect(removed).toMatchObject({ requests: 200, deliveries: 200, attempts: 200, busy: [], files: [] });
    expect(removed.untouched).toEqual(ids.slice(MOST_ROWS));
    expect(store.read.countRequests()).toBe(5);
  });

  test("stops when its time is up, but never without having done something", async () => {
    const store = openStore();
    const ids = await fillStore(store, 3);
    expect(store.upkeep.remove(ids, 0)).toMatchObject({ requests: 1, untouched: ids.slice(1) });
  });

  test("leaves a request whose delivery is under way, and passes over one that is gone", async () => {
    const store = openStore();
    const [id = 0] = await fillStore(store, 1);
    await store.insertDelivery(id, {
      url: "http://localhost:1/",
      cause: "replay",
      attempt: { number: 1, startedAtMs: 1 },
    });
    expect(store.upkeep.remove([id, id + 1000])).toMatchObject({ requests: 0, busy: [id], untouched: [] });
    expect(store.read.findRequest({ kind: "id", id })).toBeDefined();
  });

  test("names body files, which go afterwards; one that another row names stays", async () => {
    const store = openStore();
    const body = await spooled(store, Buffer.alloc(5000, "x"));
    const { request } = await store.insertRequest(capturedRequest({ body }));
    const twin = await store.insertRequest(capturedRequest({ body }));
    const { files } = store.upkeep.remove([request.id]);
    await store.upkeep.removeFiles(files);
    expect(readdirSync(`${store.path}-bodies`)).toHaveLength(1);
    await store.upkeep.removeFiles(store.upkeep.remove([twin.request.id]).files);
    expect(readdirSync(`${store.path}-bodies`)).toEqual([]);
  });

  test("waits for nobody: another process's lock is an error, and nothing is removed", async () => {
    const store = openStore();
    const ids = await fillStore(store, 2);
    const other = lookInto(store.path);
    other.exec("BEGIN IMMEDIATE");
    expect(codeOf(() => store.upkeep.remove(ids))).toBe("STORE_BUSY");
    other.exec("ROLLBACK");
    expect(store.upkeep.remove(ids).requests).toBe(2);
  });
});

describe("an event whose request was removed", () => {
  const HOUR_MS = 3_600_000;
  const MINUTE_MS = 60_000;
  const event = { eventId: "evt_1", provider: "stripe" };

  /** Removes at one time and forgets at another, after the request came; the number that the next one gets. */
  async function numberAfter(removedAfterMs: number, forgottenAfterMs: number): Promise<number | undefined> {
    const clock = new SteppedClock();
    const store = openStore({ clock });
    const { request } = await store.insertRequest(capturedRequest({ receivedAtMs: clock.nowMs() }), { event });
    clock.advance(removedAfterMs);
    store.upkeep.remove([request.id]);
    clock.advance(forgottenAfterMs - removedAfterMs);
    store.upkeep.forgetEvents(BEFORE_EVERY_EVENT, 10);
    const next = await store.insertRequest(capturedRequest({ receivedAtMs: clock.nowMs() }), { event });
    return next.request.occurrence;
  }

  test("is known for 72 hours after it came: who repeats it then repeats it", async () => {
    for (const removedAfterMs of [0, 71 * HOUR_MS, 71 * HOUR_MS + 59 * MINUTE_MS])
      expect(await numberAfter(removedAfterMs, 71 * HOUR_MS + 59 * MINUTE_MS)).toBe(2);
  });

  test("is forgotten after that, also where its request went late", async () => {
    for (const removedAfterMs of [0, 72 * HOUR_MS + MINUTE_MS])
      expect(await numberAfter(removedAfterMs, 72 * HOUR_MS + MINUTE_MS)).toBe(1);
  });
});

test("unused pages and the log go back to the disk", async () => {
  const store = openStore();
  const ids = await fillStore(store, 200, () => ({ body: { kind: "bytes", bytes: Buffer.alloc(10_000, "x") } }));
  await store.upkeep.checkpoint(true);
  const large = statSync(store.path).size;
  store.upkeep.remove(ids);
  const used = store.upkeep.usedBytes;
  expect(store.upkeep.freePages).toBeGreaterThan(400);
  const left = store.upkeep.vacuum(100);
  expect(store.upkeep.freePages).toBe(left);
  while (store.upkeep.vacuum(100) > 0);
  await store.upkeep.checkpoint(true);
  expect(await store.upkeep.sizes()).toEqual({ databaseBytes: statSync(store.path).size, logBytes: 0, bodyBytes: 0 });
  expect(statSync(store.path).size).toBeLessThan(large / 5);
  expect(statSync(store.path).size).toBeLessThanOrEqual(used);
});

test("the body folder counts", async () => {
  const store = openStore();
  await spooled(store, Buffer.alloc(5000));
  await spooled(store, Buffer.alloc(700));
  expect(await store.upkeep.sizes()).toMatchObject({ bodyBytes: 5700 });
});

test("a damaged file is not written", async () => {
  const store = openStore();
  await fillStore(store, 200);
  foldLog(store.path);
  garblePages(store.path);
  expect(codeOf(() => store.upkeep.facts())).toBe("STORE_CORRUPT");
  // This one would not meet the damage by itself.
  expect(codeOf(() => store.upkeep.vacuum(1))).toBe("STORE_CORRUPT");
  expect(store.trouble?.code).toBe("STORE_CORRUPT");
});

test("where the event loop is spared, the log is folded beside it", async () => {
  const store = openStore({ sparesEventLoop: true });
  onTestFinished(async () => store.end());
  await store.insertRequest(capturedRequest({ body: { kind: "bytes", bytes: Buffer.alloc(500_000) } }));
  expect((await store.upkeep.sizes()).databaseBytes).toBeLessThan(200_000);
  await store.upkeep.checkpoint();
  expect((await store.upkeep.sizes()).databaseBytes).toBeGreaterThan(500_000);
  await store.upkeep.checkpoint(true);
  expect((await store.upkeep.sizes()).logBytes).toBe(0);
});

test("while folding is paused a log grows as long as it must, and afterwards SQLite folds it again", async () => {
  const store = openStore();
  store.upkeep.pauseFolding();
  const large = { body: { kind: "bytes", bytes: Buffer.alloc(1_000_000) } } as const;
  for (let turn = 0; turn < 20; turn += 1) await store.insertRequest(capturedRequest(large));
  expect((await store.upkeep.sizes()).databaseBytes).toBeLessThan(200_000);
  store.upkeep.resumeFolding();
  await store.insertRequest(capturedRequest(large));
  expect((await store.upkeep.sizes()).databaseBytes).toBeGreaterThan(10_000_000);
});

test("the ballast is taken again", () => {
  const store = openStore();
  store.upkeep.takeBallast();
  expect(existsSync(`${store.path}-ballast`)).toBe(true);
});

function codeOf(run: () => unknown): string {
  try {
    run();
    return "nothing was thrown";
  } catch (error) {
    return (error as HookcliError).code;
  }
}

test("of a store that was taken away nothing is removed, measured or folded, also when another one is open by now", async () => {
  const store = openStore({ sparesEventLoop: true });
  onTestFinished(async () => store.end());
  await fillStore(store, 3);
  const { upkeep } = store;
  upkeep.pauseFolding();
  rmSync(store.path);
  await expect.poll(() => store.trouble?.code).toBe("STORE_MOVED");
  const refused = (): string[] => [
    codeOf(() => upkeep.remove([1])),
    codeOf(() => upkeep.find.edges()),
    codeOf(() => upkeep.vacuum(1)),
    codeOf(() => upkeep.usedBytes),
    codeOf(() => upkeep.facts()),
  ];
  expect(new Set([...refused(), codeOf(() => store.upkeep)])).toEqual(new Set(["STORE_MOVED"]));
  await expect.poll(() => store.epoch).toBe(2);
  upkeep.resumeFolding();
  await expect(upkeep.checkpoint()).rejects.toMatchObject({ code: "STORE_MOVED" });
  expect(new Set(refused())).toEqual(new Set(["STORE_MOVED"]));
  expect(store.upkeep.facts()).toMatchObject({ requests: 0 });
});
