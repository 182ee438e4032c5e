import { existsSync, readdirSync, statSync } from "node:fs";
import { describe, expect, onTestFinished, test } from "vitest";
import type { HookcliError } from "../../../../src/core/model/errors.ts";
import { MOST_ROWS } from "../../../../src/io/store/upkeep.ts";
import { foldLog, garblePages } from "../../../helpers/damage.ts";
import { fillStore, spooled } from "../../../helpers/filled-store.ts";
import { capturedRequest } from "../../../helpers/samples.ts";
import { lookInto, openStore } from "../../../helpers/stores.ts";
import { transactionsInLog } from "../../../helpers/wal.ts";

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
    await store.insertDelivery(id, { url: "http://localhost:1/", cause: "replay", startedAtMs: 1 });
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
  expect((await store.upkeep.sizes()).databaseBytes).toBeLessThan(100_000);
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
  expect((await store.upkeep.sizes()).databaseBytes).toBeLessThan(100_000);
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
