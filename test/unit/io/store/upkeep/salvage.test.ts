import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openDatabase } from "../../../../../src/io/sqlite/open.ts";
import { openDamaged } from "../../../../../src/io/sqlite/open-damaged.ts";
import { salvageTables } from "../../../../../src/io/store/upkeep/salvage.ts";
import { APPLICATION_ID, migrations } from "../../../../../src/io/store/rows/schema.ts";
import { damagePagesOf } from "../../../../helpers/damage.ts";
import { fillStore } from "../../../../helpers/filled-store.ts";
import { openStore } from "../../../../helpers/stores.ts";
import { temporaryFolder } from "../../../../helpers/surroundings.ts";
import type { Database } from "../../../../../src/io/sqlite/database.ts";

const COUNT = 400;

test("of a sound store every row is saved, and ids go on where they ended", async () => {
  const { from, to } = await damaged(() => undefined, { removed: [1, 2, COUNT] });
  const tables = salvageTables(from, to);
  expect(tables).toEqual([
    { table: "sessions", rows: 0, unreadable: 0 },
    { table: "requests", rows: COUNT - 3, unreadable: 0 },
    { table: "request_bodies", rows: COUNT - 3, unreadable: 0 },
    { table: "deliveries", rows: COUNT - 3, unreadable: 0 },
    { table: "attempts", rows: COUNT - 3, unreadable: 0 },
    { table: "pruned_events", rows: 3, unreadable: 0 },
  ]);
  for (const table of ["requests", "deliveries", "attempts", "pruned_events", "request_bodies"])
    expect(rowsOf(to, table)).toEqual(rowsOf(from, table));
  const last = to.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'requests'").pluck().get();
  expect(last).toBe(COUNT);
});

test("what lies on broken pages is passed over, all around it is saved", async () => {
  const { from, to } = await damaged((path) => damagePagesOf(path, "requests", 2));
  const [, requests, bodies] = salvageTables(from, to);
  expect(requests?.rows).toBeGreaterThan(COUNT / 2);
  expect(requests?.rows).toBeLessThan(COUNT);
  expect((requests?.rows ?? 0) + (requests?.unreadable ?? 0)).toBe(COUNT);
  expect(bodies).toEqual({ table: "request_bodies", rows: COUNT, unreadable: 0 });
});

test("a row that turned into something else is not taken", async () => {
  const { from, to } = await damaged(() => undefined);
  from.unsafeMode(true);
  from.pragma("writable_schema = ON");
  from.exec("UPDATE sqlite_master SET sql = replace(sql, ') STRICT', ')') WHERE name = 'requests'");
  from.pragma("writable_schema = RESET");
  from.exec("UPDATE requests SET received_at_ms = 'soon' WHERE id = 7");
  expect(salvageTables(from, to)[1]).toEqual({ table: "requests", rows: COUNT - 1, unreadable: 1 });
});

test.each([2, 5])("events that a store of version %i remembers are saved, whoever sent them", (version) => {
  const folder = temporaryFolder();
  const open = (name: string, known = migrations): Database => {
    const path = join(folder, name);
    const db = openDatabase({ path, migrations: known, applicationId: APPLICATION_ID, busyTimeoutMs: 10 });
    onTestFinished(() => void db.close());
    return db;
  };
  const [from, to] = [open("old.db", migrations.slice(0, version)), open("new.db")];
  from.exec("INSERT INTO pruned_events (event_id, received_at_ms) VALUES ('evt_1', 1), ('evt_2', 2)");
  if (version > 2) from.exec("UPDATE pruned_events SET provider = 'mux', occurrence = 4 WHERE event_id = 'evt_2'");
  expect(salvageTables(from, to).at(-1)).toEqual({ table: "pruned_events", rows: 2, unreadable: 0 });
  const [provider, occurrence] = version > 2 ? ["mux", 4] : ["", null];
  expect(rowsOf(to, "pruned_events")).toEqual([
    { provider: "", event_id: "evt_1", received_at_ms: 1, occurrence: null },
    { provider, event_id: "evt_2", received_at_ms: 2, occurrence },
  ]);
});

/** A store of 400 requests that something was done to, and an empty one beside it. */
async function damaged(
  harm: (path: string) => void,
  { removed = [] }: { readonly removed?: readonly number[] } = {},
): Promise<{ readonly from: Database; readonly to: Database }> {
  const store = openStore();
  await fillStore(store, COUNT, () => ({ receivedAtMs: Date.now() }));
  store.upkeep.remove(removed);
  await store.upkeep.checkpoint(true);
  const folder = temporaryFolder();
  const path = join(folder, "damaged.db");
  copyFileSync(store.path, path);
  harm(path);
  const from = openDamaged(path, APPLICATION_ID);
  const to = openDatabase({
    path: join(folder, "new.db"),
    migrations,
    applicationId: APPLICATION_ID,
    busyTimeoutMs: 10,
  });
  onTestFinished(() => {
    from.close();
    to.close();
  });
  return { from, to };
}

function rowsOf(db: Database, table: string): readonly unknown[] {
  return db.prepare(`SELECT * FROM ${table}`).all();
}
