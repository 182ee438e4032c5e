import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { migrate, schemaVersion } from "../../../../src/io/sqlite/migrate.ts";

const applicationId = 0x686f6f6b;
const one = "CREATE TABLE a (x)";
const two = "CREATE TABLE b (y); INSERT INTO b VALUES (1)";

test("each step runs once, in order, and leaves its number and the mark of the program", () => {
  const db = new Sqlite(":memory:");
  migrate(db, { migrations: [one], applicationId });
  expect(schemaVersion(db)).toBe(1);
  migrate(db, { migrations: [one, two], applicationId });
  migrate(db, { migrations: [one, two], applicationId });
  expect(schemaVersion(db)).toBe(2);
  expect(db.pragma("application_id", { simple: true })).toBe(applicationId);
  expect(db.prepare("SELECT * FROM b").all()).toEqual([{ y: 1 }]);
});

test("a step that fails leaves nothing of itself", () => {
  const db = new Sqlite(":memory:");
  expect(() => migrate(db, { migrations: [one, `${two}; NONSENSE`], applicationId })).toThrow("NONSENSE");
  expect(schemaVersion(db)).toBe(1);
  expect(db.prepare("SELECT name FROM sqlite_master").all()).toEqual([{ name: "a" }]);
});

test("a newer schema is left alone", () => {
  const db = new Sqlite(":memory:");
  db.pragma("user_version = 7");
  migrate(db, { migrations: [one], applicationId });
  expect(schemaVersion(db)).toBe(7);
});
