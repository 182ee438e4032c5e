import { statSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { foldLog } from "../../../../src/io/sqlite/fold-log.ts";
import { openDatabase } from "../../../../src/io/sqlite/open.ts";
import { SmallDisk } from "../../../helpers/small-disk.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";
import { describeUnless } from "../../../helpers/tools.ts";
import type { Database } from "../../../../src/io/sqlite/database.ts";

const MIB = 1024 * 1024;

test("the log goes into the database, and with TRUNCATE its file is empty afterwards", () => {
  const path = join(temporaryFolder(), "x.db");
  const db = filled(path, MIB);
  expect(statSync(path).size).toBeLessThan(MIB);
  expect(foldLog(db, path, "PASSIVE")).toBe(true);
  expect(statSync(path).size).toBeGreaterThan(MIB);
  expect(statSync(`${path}-wal`).size).toBeGreaterThan(MIB);
  expect(foldLog(db, path, "TRUNCATE")).toBe(true);
  expect(statSync(`${path}-wal`).size).toBe(0);
});

describeUnless(SmallDisk.obstacle(), "on a small disk", () => {
  test("with too little room for it the log stays, and so does what room there is", () => {
    const disk = new SmallDisk(8);
    const path = join(disk.folder, "x.db");
    const db = filled(path, 2 * MIB);
    disk.fillUpTo(MIB);
    const { freeBytes } = disk;
    expect(foldLog(db, path, "TRUNCATE")).toBe(false);
    expect(disk.freeBytes).toBe(freeBytes);
    disk.makeRoom();
    expect(foldLog(db, path, "TRUNCATE")).toBe(true);
  });
});

/** A database whose newest pages, so many bytes, are in its log only. */
function filled(path: string, bytes: number): Database {
  const db = openDatabase({ path, migrations: ["CREATE TABLE t (x BLOB)"], applicationId: 1, busyTimeoutMs: 10 });
  onTestFinished(() => void db.close());
  db.prepare("INSERT INTO t VALUES (randomblob(?))").run(bytes);
  return db;
}
