import { join } from "node:path";
import { expect, test } from "vitest";
import { openDatabase } from "../../../../../src/io/sqlite/open.ts";
import { APPLICATION_ID, migrations } from "../../../../../src/io/store/rows/schema.ts";
import { openTables } from "../../../../helpers/rows.ts";
import { openStore } from "../../../../helpers/stores.ts";
import { temporaryFolder } from "../../../../helpers/surroundings.ts";
import { capturedRequest } from "../../../../helpers/samples.ts";

interface TableRow {
  readonly name: string;
  readonly strict: number;
}

test("the mark in the file spells hook", () => {
  expect(Buffer.from(APPLICATION_ID.toString(16), "hex").toString()).toBe("hook");
  expect(openTables().db.pragma("application_id", { simple: true })).toBe(APPLICATION_ID);
});

test("every table is strict: SQLite itself refuses a text where a number belongs", () => {
  const tables = openTables().db.prepare<[], TableRow>("PRAGMA table_list").all();
  const ours = tables.filter(({ name }) => !name.startsWith("sqlite_"));
  expect(ours.map(({ name }) => name).sort()).toEqual([
    "attempts",
    "changes",
    "deliveries",
    "links",
    "pruned_events",
    "request_bodies",
    "requests",
    "sessions",
  ]);
  expect(ours.filter(({ strict }) => strict === 0)).toEqual([]);
});

test("as many steps as there are migrations lead to the newest schema", () => {
  expect(openTables().db.pragma("user_version", { simple: true })).toBe(migrations.length);
});

const earlier = migrations.map((_, version) => version).filter((version) => version > 0);
/** What a row of each table says, and since when there is such a table. */
const ROWS = [
  { table: "sessions", since: 1, row: "1, 'listen', 7, 'mark', 1, 2, NULL, 1, NULL, '[]', '/'" },
  { table: "request_bodies", since: 1, row: "1, x'00'" },
  { table: "deliveries", since: 1, row: "1, 1, 1, 5, 'http://a/', 'forward', 'failed', NULL, NULL, 500, NULL" },
  { table: "attempts", since: 1, row: `1, 1, 5, 1.5, x'', 'response', NULL, NULL, 500, '', x'', 0, 0, NULL, NULL` },
  { table: "links", since: 5, row: "'a>b', 1, '[1]'" },
] as const;

test.each(earlier)("a store of version %i keeps every row and the numbering", (version) => {
  const path = join(temporaryFolder(), "hooks.db");
  const open = (known = migrations) =>
    openDatabase({ path, migrations: known, applicationId: APPLICATION_ID, busyTimeoutMs: 10 });
  const old = open(migrations.slice(0, version));
  const tables = ROWS.filter(({ since }) => since <= version);
  for (const { table, row } of tables) old.exec(`INSERT INTO ${table} VALUES (${row})`);
  old.exec(`INSERT INTO requests (id, session_id, received_at_ms, receive_ms, remote_address, origin, method, target,
    http_version, headers, body_size, completeness) VALUES (1, 1, 1000, 1.5, 'a', 'capture', 'POST', '/a', '1.1', x'', 1,
    'complete'), (9, 1, 1001, 1.5, 'a', 'capture', 'POST', '/b', '1.1', x'', 0, 'complete')`);
  old.exec("DELETE FROM requests WHERE id = 9");
  if (version >= 2) old.exec("INSERT INTO pruned_events (event_id, received_at_ms) VALUES ('evt_1', 1), ('evt_2', 2)");
  if (version >= 3 && version < 6) old.exec("UPDATE pruned_events SET provider = 'mux', occurrence = 3");
  const before = tables.map(({ table }) => old.prepare(`SELECT * FROM ${table}`).all());
  old.close();

  const db = open();
  expect(db.pragma("user_version", { simple: true })).toBe(migrations.length);
  expect(tables.map(({ table }) => db.prepare(`SELECT * FROM ${table}`).all())).toEqual(before);
  expect(db.prepare("SELECT id, target, overtaken_by FROM requests").raw().all()).toEqual([[1, "/a", null]]);
  expect(db.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'requests'").pluck().get()).toBe(9);
  const [provider, occurrence] = version >= 3 && version < 6 ? ["mux", 3] : ["", null];
  expect(db.prepare("SELECT provider, event_id, received_at_ms, occurrence FROM pruned_events").raw().all()).toEqual(
    version < 2 ? [] : [1, 2].map((at) => [provider, `evt_${at}`, at, occurrence]),
  );
  const objects = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name";
  expect(db.prepare(objects).all()).toEqual(openTables().db.prepare(objects).all());
  db.close();
  const store = openStore({ path });
  expect(store.upkeep.facts()).toMatchObject({ requests: 1, deliveries: 1, attempts: 1 });
});

test("the next request of a migrated store is numbered on, and the same id of another provider is another event", async () => {
  const path = join(temporaryFolder(), "hooks.db");
  const known = migrations.slice(0, 5);
  const old = openDatabase({ path, migrations: known, applicationId: APPLICATION_ID, busyTimeoutMs: 10 });
  old.exec("INSERT INTO pruned_events VALUES ('evt_1', 500, 'stripe', 4), ('evt_2', 500, NULL, 2)");
  old.close();
  const store = openStore({ path });
  const arrive = async (eventId: string, provider?: string) =>
    (await store.insertRequest(capturedRequest(), { event: { eventId, provider } })).request.occurrence;
  const first = [await arrive("evt_1", "stripe"), await arrive("evt_1", "mux"), await arrive("evt_1")];
  expect(first).toEqual([5, 1, 1]);
  expect([await arrive("evt_2"), await arrive("evt_2", "stripe")]).toEqual([3, 1]);
});

test("a store of the version before keeps its requests, which nobody judged or counted", () => {
  const path = join(temporaryFolder(), "hooks.db");
  const open = (known: typeof migrations) =>
    openDatabase({ path, migrations: known, applicationId: APPLICATION_ID, busyTimeoutMs: 10 });
  const old = open(migrations.slice(0, 2));
  old.exec(`INSERT INTO requests (session_id, received_at_ms, receive_ms, remote_address, origin, method, target,
    http_version, headers, body_size, completeness, event_id, event_type)
    VALUES (1, 1000, 1.5, 'a', 'capture', 'POST', '/', '1.1', x'', 0, 'complete', 'evt_1', 'invoice.paid')`);
  old.exec("INSERT INTO pruned_events VALUES ('evt_0', 500)");
  old.close();
  const store = openStore({ path });
  expect(store.read.findRequest({ kind: "id", id: 1 })).toMatchObject({
    event: { eventId: "evt_1", eventType: "invoice.paid", provider: undefined, verdict: undefined },
    occurrence: undefined,
  });
  expect(store.upkeep.facts()).toMatchObject({ schemaVersion: migrations.length, requests: 1, prunedEvents: 1 });
});

test("a process that runs on from the version before goes on storing, and what it settles is noted with a number", () => {
  const path = join(temporaryFolder(), "hooks.db");
  const known = migrations.slice(0, 5);
  const old = openDatabase({ path, migrations: known, applicationId: APPLICATION_ID, busyTimeoutMs: 1000 });
  const request =
    old.prepare(`INSERT INTO requests (session_id, received_at_ms, receive_ms, remote_address, origin, method,
    target, http_version, headers, body_size, completeness)
    VALUES (1, 1000, 1.5, 'a', 'capture', 'POST', '/', '1.1', x'', 0, 'complete')`);
  const delivery = old.prepare(`INSERT INTO deliveries (request_id, session_id, created_at_ms, url, cause, status)
    VALUES (?, 1, 5, 'http://a/', 'forward', 'pending')`);
  const settle = old.prepare("UPDATE deliveries SET status = ?, running_number = NULL WHERE id = ?");
  request.run();
  delivery.run(1);
  const { read } = openStore({ path });
  const before = read.position();
  request.run();
  delivery.run(2);
  settle.run("delivered", 1);
  settle.run("failed", 2);
  old.close();
  expect(read.findDelivery(2)).toMatchObject({ requestId: 2, status: "failed" });
  expect(read.newsSince(before, 9)).toMatchObject({
    isGap: false,
    until: { seq: 4, newestRequestId: 2 },
    changes: [
      { seq: 3, kind: "settled", rowId: 1 },
      { seq: 4, kind: "settled", rowId: 2 },
    ],
  });
});
