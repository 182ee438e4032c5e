import { expect, test } from "vitest";
import { APPLICATION_ID, migrations } from "../../../../src/io/store/schema.ts";
import { openTables } from "../../../helpers/rows.ts";

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
