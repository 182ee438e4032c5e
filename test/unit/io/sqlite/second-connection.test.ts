import { existsSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Database } from "../../../../src/io/sqlite/database.ts";
import { openDatabase } from "../../../../src/io/sqlite/open.ts";
import { filesAt } from "../../../../src/io/sqlite/place-watch.ts";
import { openForFolding, openForReading } from "../../../../src/io/sqlite/second-connection.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";

describe("a connection that reads", () => {
  const ours = { migrations: ["CREATE TABLE notes (text)"], applicationId: 0x686f6f6b, busyTimeoutMs: 10 };

  test("sees what the other connection commits, and can write nothing", () => {
    const path = join(temporaryFolder(), "x.db");
    const writer = kept(openDatabase({ ...ours, path }));
    const reader = kept(openForReading(path, 10));
    writer.exec("INSERT INTO notes VALUES ('a')");
    expect(reader.prepare("SELECT text FROM notes").pluck().all()).toEqual(["a"]);
    expect(() => reader.exec("DELETE FROM notes")).toThrow("readonly");
    expect(reader.pragma("trusted_schema", { simple: true })).toBe(0);
  });

  test("a file that is not there is not made", () => {
    const path = join(temporaryFolder(), "x.db");
    expect(() => openForReading(path, 10)).toThrow(expect.objectContaining({ code: "STORE_UNREADABLE" }));
    expect(existsSync(path)).toBe(false);
  });

  function kept(db: Database): Database {
    onTestFinished(() => {
      db.close();
    });
    return db;
  }

  test("another file than the one that is expected is not opened", () => {
    const path = join(temporaryFolder(), "x.db");
    kept(openDatabase({ ...ours, path }));
    const files = filesAt(path);
    kept(openForReading(path, 10, files));
    renameSync(path, `${path}.moved`);
    expect(() => openForReading(path, 10, files)).toThrow(expect.objectContaining({ code: "STORE_MOVED" }));
    writeFileSync(path, "");
    expect(() => openForReading(path, 10, files)).toThrow(expect.objectContaining({ code: "STORE_MOVED" }));
  });
});

describe("a connection that folds", () => {
  test("syncs the log and the database with a fold", () => {
    const path = join(temporaryFolder(), "x.db");
    const db = openDatabase({ path, migrations: ["CREATE TABLE notes (text)"], applicationId: 1, busyTimeoutMs: 10 });
    onTestFinished(() => void db.close());
    const folding = openForFolding(path, 10);
    onTestFinished(() => void folding.close());
    expect(["synchronous", "checkpoint_fullfsync"].map((name) => folding.pragma(name, { simple: true }))).toEqual([
      2, 1,
    ]);
  });

  test("a file that is not there is not made", () => {
    const path = join(temporaryFolder(), "x.db");
    expect(() => openForFolding(path, 10)).toThrow();
    expect(existsSync(path)).toBe(false);
  });

  test("another file than the one that is expected is not opened", () => {
    const path = join(temporaryFolder(), "x.db");
    const db = openDatabase({ path, migrations: ["CREATE TABLE notes (text)"], applicationId: 1, busyTimeoutMs: 10 });
    onTestFinished(() => void db.close());
    const files = filesAt(path);
    openForFolding(path, 10, files).close();
    renameSync(`${path}-wal`, `${path}-other`);
    expect(() => openForFolding(path, 10, files)).toThrow(expect.objectContaining({ code: "STORE_MOVED" }));
  });
});
