import { renameSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { parseFilter } from "../../../../../src/core/filter/parse-filter.ts";
import { Searcher, type SearchEvent, type SearchOptions } from "../../../../../src/io/store/search/searcher.ts";
import type { Store } from "../../../../../src/io/store/store.ts";
import { foldLog, garblePages } from "../../../../helpers/damage.ts";
import { answered, capturedRequest, SAMPLE_TIME_MS, textBody } from "../../../../helpers/samples.ts";
import { openStore } from "../../../../helpers/stores.ts";
import { finish } from "../../../../helpers/finish.ts";

test("finds what matches, newest first, with what a list shows of it, and tells when it is through", async () => {
  const { store, searcher } = await filled("needle one", "hay", "needle two");
  const deliveryId = await store.insertDelivery(1, { url: "http://a/", cause: "replay" });
  const attempt = { number: 1, startedAtMs: 0, durationMs: 7, sentHeaders: [], outcome: answered(500, "oops") };
  await finish(store, { deliveryId, ...attempt });
  const events = await all(searcher, "NEEDLE");
  expect(events.map((event) => (event.kind === "match" ? event.found.request.id : event.beforeId))).toEqual([3, 1, 0]);
  expect(events[1]).toMatchObject({
    found: { bodySizeBytes: 10, request: { body: { bytes: { length: 0 } } }, delivery: { attempts: [{ number: 1 }] } },
  });
});

test("ends with the limit, and goes on below the last match", async () => {
  const { searcher } = await filled("a", "b", "c", "d", "e");
  expect(await ids(searcher, "", { limit: 2 })).toEqual([5, 4]);
  expect(await ids(searcher, "", { limit: 2, beforeId: 4 })).toEqual([3, 2]);
});

test("looks at nothing older than it is asked to", async () => {
  const { store, searcher } = await filled("a");
  await store.insertRequest(capturedRequest({ receivedAtMs: SAMPLE_TIME_MS + 5 }));
  expect(await ids(searcher, "", { sinceMs: SAMPLE_TIME_MS + 1 })).toEqual([2]);
});

test("sees what is stored after it began, in the next search", async () => {
  const { store, searcher } = await filled("a");
  expect(await ids(searcher, "a")).toEqual([1]);
  await store.insertRequest(capturedRequest({ body: textBody("a") }));
  expect(await ids(searcher, "a")).toEqual([2, 1]);
});

test("several searches run side by side", async () => {
  const { searcher } = await filled("a", "b");
  expect(await Promise.all([ids(searcher, "path:/hooks"), ids(searcher, "-path:/hooks")])).toEqual([[2, 1], []]);
});

test("a signal ends it without an error, at once where it has been given before", async () => {
  const { searcher } = await filled("a", "b");
  expect(await ids(searcher, "", { signal: AbortSignal.abort() })).toEqual([]);
  const stopping = new AbortController();
  const seen: number[] = [];
  for await (const event of searcher.search(parseFilter(""), { nowMs: 0, limit: 1, signal: stopping.signal })) {
    stopping.abort();
    if (event.kind === "match") seen.push(event.found.request.id);
  }
  expect(seen).toEqual([2]);
});

test("damage is told as what it is", async () => {
  const { store, searcher } = await filled("a");
  foldLog(store.path);
  garblePages(store.path);
  await expect(all(searcher, "needle")).rejects.toMatchObject({ code: "STORE_CORRUPT" });
});

test("a store that is not there is told, and a later search fails as well", async () => {
  const searcher = new Searcher("/nowhere/hooks.db");
  onTestFinished(async () => searcher.close());
  await expect(all(searcher, "a")).rejects.toThrow("directory does not exist");
  await expect(all(searcher, "a")).rejects.toThrow("directory does not exist");
});

test("closed, it rejects what still runs and what comes later", async () => {
  const { searcher } = await filled("a");
  const running = all(searcher, "a");
  const refused = expect(running).rejects.toThrow("the searcher is closed");
  await searcher.close();
  await refused;
  await expect(all(searcher, "a")).rejects.toThrow("the searcher is closed");
});

/** A store with a request for each body, and a searcher on it. */
async function filled(...bodies: readonly string[]): Promise<{ readonly store: Store; readonly searcher: Searcher }> {
  const store = openStore();
  await Promise.all(bodies.map(async (body) => store.insertRequest(capturedRequest({ body: textBody(body) }))));
  const searcher = new Searcher(store.path);
  onTestFinished(async () => searcher.close());
  return { store, searcher };
}

async function all(searcher: Searcher, text: string, options: Partial<SearchOptions> = {}): Promise<SearchEvent[]> {
  const events: SearchEvent[] = [];
  for await (const event of searcher.search(parseFilter(text), { nowMs: SAMPLE_TIME_MS, ...options }))
    events.push(event);
  return events;
}

async function ids(searcher: Searcher, text: string, options: Partial<SearchOptions> = {}): Promise<number[]> {
  const events = await all(searcher, text, options);
  return events.flatMap((event) => (event.kind === "match" ? [event.found.request.id] : []));
}

test("another file that is at the path by now is not searched", async () => {
  const { store } = await filled("needle");
  const searcher = new Searcher(store.path, store.files);
  onTestFinished(async () => searcher.close());
  expect(await ids(searcher, "needle")).toEqual([1]);
  const late = new Searcher(store.path, store.files);
  onTestFinished(async () => late.close());
  renameSync(store.path, `${store.path}.moved`);
  await expect(all(late, "needle")).rejects.toMatchObject({ code: "STORE_MOVED" });
});
