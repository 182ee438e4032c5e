import { rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fillStore, spooled } from "../../../../helpers/filled-store.ts";
import { capturedRequest, fileNameOf, SAMPLE_FILE, SAMPLE_TIME_MS } from "../../../../helpers/samples.ts";
import { openStore } from "../../../../helpers/stores.ts";
import { migrations } from "../../../../../src/io/store/rows/schema.ts";

test("an empty store holds nothing", () => {
  expect(openStore().upkeep.facts()).toEqual({
    schemaVersion: migrations.length,
    requests: 0,
    malformed: 0,
    deliveries: 0,
    attempts: 0,
    prunedEvents: 0,
    oldest: undefined,
    newest: undefined,
  });
});

test("everything is counted, what was removed too", async () => {
  const now = Date.now();
  const store = openStore();
  const ids = await fillStore(store, 4, (place) => ({
    receivedAtMs: now + place,
    completeness: place === 2 ? "malformed" : "complete",
  }));
  store.upkeep.remove(ids.slice(0, 1));
  expect(store.upkeep.facts()).toMatchObject({
    requests: 3,
    malformed: 1,
    deliveries: 3,
    attempts: 3,
    prunedEvents: 1,
    oldest: { id: ids[1], receivedAtMs: now + 1 },
    newest: { id: ids[3], receivedAtMs: now + 3 },
  });
});

test("body files that are gone or cut are missing, those that nobody names are stray", async () => {
  const store = openStore();
  const folder = `${store.path}-bodies`;
  const names: string[] = [];
  for (let count = 0; count < 3; count += 1) {
    const body = await spooled(store, Buffer.alloc(2000));
    names.push(fileNameOf(body));
    await store.insertRequest(capturedRequest({ body, receivedAtMs: SAMPLE_TIME_MS }));
  }
  expect(await store.upkeep.findBodies()).toEqual({ missing: [], stray: [] });
  const [gone = "", cut = ""] = names;
  rmSync(join(folder, gone));
  truncateSync(join(folder, cut), 1999);
  for (const name of [SAMPLE_FILE, "notes.txt"]) writeFileSync(join(folder, name), "x");
  expect(await store.upkeep.findBodies()).toEqual({ missing: [gone, cut], stray: [SAMPLE_FILE] });
});
