import { join } from "node:path";
import { expect, test } from "vitest";
import { openDatabase } from "../../../../../src/io/sqlite/open.ts";
import { APPLICATION_ID, migrations } from "../../../../../src/io/store/rows/schema.ts";
import { openTables } from "../../../../helpers/rows.ts";
import { openStore } from "../../../../helpers/stores.ts";
import { temporaryFolder } from "../../../../helpers/surroundings.ts";

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
