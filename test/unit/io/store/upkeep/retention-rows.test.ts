import { describe, expect, test } from "vitest";
import { DeliveryRows } from "../../../../../src/io/store/rows/delivery-rows.ts";
import { RequestRows } from "../../../../../src/io/store/rows/request-rows.ts";
import { BEFORE_EVERY_EVENT, RetentionRows } from "../../../../../src/io/store/upkeep/retention-rows.ts";
import { openTables } from "../../../../helpers/rows.ts";
import { answered, capturedRequest, SAMPLE_FILE, SAMPLE_TIME_MS, spooledBody } from "../../../../helpers/samples.ts";
import { finishRows } from "../../../../helpers/finish.ts";
import { ChangeRows } from "../../../../../src/io/store/rows/change-rows.ts";

describe("removing", () => {
  test("takes a request with its body, deliveries and attempts, and nothing of its neighbours", () => {
    const { db, rows, insert } = tables();
    const [first, second] = [insert("evt_1"), insert("evt_2")];
    expect(rows.worthOf(first)).toEqual({ deliveries: 1, attempts: 1, bodyBytes: 12, files: [] });
    expect(rows.remove(first, 0)).toEqual({ deliveries: 1, attempts: 1, bodyBytes: 12, files: [] });
    expect(rows.remove(first, 0)).toBeUndefined();
    const left = ["requests", "request_bodies", "deliveries", "attempts"].map((table) =>
      db.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
    );
    expect(left).toEqual([1, 1, 1, 1]);
    expect(rows.idsBetween(1, 99, 99)).toEqual([second]);
  });

  test("names the files that nobody needs any more", () => {
    const { rows, insert } = tables();
    const id = insert("evt_1", spooledBody("0123456789"));
    expect(rows.remove(id, 0)).toMatchObject({ files: [SAMPLE_FILE], bodyBytes: 14 });
  });

  test("remembers the event of what went, by the last time it came, unless that is too long ago", () => {
    const { db, rows, insert } = tables();
    const ids = [insert("evt_1"), insert("evt_1", undefined, 500), insert("evt_2", undefined, -1)];
    for (const id of ids) rows.remove(id, SAMPLE_TIME_MS);
    expect(db.prepare("SELECT * FROM pruned_events").all()).toEqual([
      { event_id: "evt_1", received_at_ms: SAMPLE_TIME_MS + 500, provider: "", occurrence: 1 },
    ]);
  });
});

test("events of two providers with the same id are remembered, and forgotten, each by itself", () => {
  const { db, rows, insertOf } = tables();
  const [stripe, mux, unknown] = [insertOf("stripe", 3), insertOf("mux", 1, 900), insertOf(undefined, 2, 50)];
  for (const id of [stripe, mux, unknown]) rows.remove(id, 0);
  expect(db.prepare("SELECT provider, event_id, received_at_ms, occurrence FROM pruned_events").raw().all()).toEqual([
    ["", "evt_1", SAMPLE_TIME_MS + 50, 2],
    ["mux", "evt_1", SAMPLE_TIME_MS + 900, 1],
    ["stripe", "evt_1", SAMPLE_TIME_MS, 3],
  ]);
  expect(rows.forgetEvents(SAMPLE_TIME_MS + 100, BEFORE_EVERY_EVENT, 2)).toMatchObject({ provider: "mux" });
  expect(rows.forgetEvents(SAMPLE_TIME_MS + 100, { provider: "mux", eventId: "evt_1" }, 2)).toBeUndefined();
  expect(db.prepare("SELECT provider FROM pruned_events").pluck().all()).toEqual(["mux"]);
});

test("a request is busy while one of its deliveries waits or runs", () => {
  const { rows, insert, deliveries } = tables();
  const id = insert("evt_1");
  expect(rows.isBusy(id)).toBe(false);
  const deliveryId = deliveries.insert(id, 1, 0, { url: "http://a/", cause: "replay" });
  expect(rows.isBusy(id)).toBe(true);
  finish(deliveries, deliveryId);
  expect(rows.isBusy(id)).toBe(false);
});

test("what may go is found in portions: from either end, and by its time", () => {
  const { rows, insert } = tables();
  expect(rows.edges()).toBeUndefined();
  const ids = [30, 10, 20].map((afterMs) => insert("evt_1", undefined, afterMs));
  expect(rows.edges()).toEqual({ oldest: ids[0], newest: ids[2] });
  expect(rows.idsBetween(1, 99, 2)).toEqual(ids.slice(0, 2));
  expect(rows.newestIds(99, 2)).toEqual([ids[2], ids[1]]);
  expect(rows.newestIds(ids[1] ?? 0, 9)).toEqual([ids[0]]);
  expect(rows.timesAfter(ids[0] ?? 0, 1)).toEqual([{ id: ids[1], receivedAtMs: SAMPLE_TIME_MS + 10 }]);
});

test("events are forgotten by their age, a stretch of ids at a time", () => {
  const { db, rows } = tables();
  const remember = db.prepare("INSERT INTO pruned_events (event_id, received_at_ms) VALUES (?, ?)");
  for (const [id, atMs] of [
    ["a", 1],
    ["b", 5],
    ["c", 2],
    ["d", 9],
  ] as const)
    remember.run(id, atMs);
  const [b, d] = [{ eventId: "b" }, { eventId: "d" }].map((key) => ({ ...BEFORE_EVERY_EVENT, ...key }));
  expect(rows.forgetEvents(5, BEFORE_EVERY_EVENT, 2)).toMatchObject(b ?? {});
  expect(rows.forgetEvents(5, b ?? BEFORE_EVERY_EVENT, 2)).toMatchObject(d ?? {});
  expect(rows.forgetEvents(5, d ?? BEFORE_EVERY_EVENT, 2)).toBeUndefined();
  expect(db.prepare("SELECT event_id FROM pruned_events").pluck().all()).toEqual(["b", "d"]);
});

test("a request that goes is a change, and one that is not there is none", () => {
  const { db, rows, insert } = tables();
  const [first, second] = [insert("evt_1"), insert("evt_2")];
  const changes = new ChangeRows(db);
  const before = changes.latest();
  for (const id of [second, first, second]) rows.remove(id, 0);
  expect(changes.since(before, 9).changes).toMatchObject([
    { kind: "removed", rowId: second },
    { kind: "removed", rowId: first },
  ]);
});

function tables() {
  const { db, spool } = openTables();
  const requests = new RequestRows(db, spool);
  const deliveries = new DeliveryRows(db, spool);
  const insert = (eventId: string, body?: ReturnType<typeof spooledBody>, afterMs = 0): number => {
    const request = capturedRequest({ receivedAtMs: SAMPLE_TIME_MS + afterMs, ...(body ? { body } : {}) });
    const id = requests.insert(request, { sessionId: 1, event: { eventId } });
    finish(
      deliveries,
      deliveries.insert(id, 1, 0, { url: "http://a/", cause: "forward", attempt: { number: 1, startedAtMs: 0 } }),
    );
    return id;
  };
  const insertOf = (provider: string | undefined, occurrence: number, afterMs = 0): number => {
    const request = capturedRequest({ receivedAtMs: SAMPLE_TIME_MS + afterMs });
    return requests.insert(request, { sessionId: 1, event: { eventId: "evt_1", provider }, occurrence });
  };
  return { db, rows: new RetentionRows(db), deliveries, insert, insertOf };
}

function finish(deliveries: DeliveryRows, deliveryId: number): void {
  const attempt = { deliveryId, number: 1, startedAtMs: 0, durationMs: 1, sentHeaders: [] };
  finishRows(deliveries, { ...attempt, outcome: answered(200, "fine") });
}
