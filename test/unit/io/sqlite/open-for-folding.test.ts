import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openDatabase } from "../../../../src/io/sqlite/open.ts";
import { filesAt } from "../../../../src/io/sqlite/place-watch.ts";
import { openForFolding } from "../../../../src/io/sqlite/open-for-folding.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";

test("syncs the log and the database with a fold", () => {
  const path = join(temporaryFolder(), "x.db");
  const db = openDatabase({ path, migrations: ["CREATE TABLE notes (text)"], applicationId: 1, busyTimeoutMs: 10 });
  onTestFinished(() => void db.close());
  const folding = openForFolding(path, 10);
  onTestFinished(() => void folding.close());
  expect(["synchronous", "checkpoint_fullfsync"].map((name) => folding.pragma(name, { simple: true }))).toEqual([2, 1]);
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
