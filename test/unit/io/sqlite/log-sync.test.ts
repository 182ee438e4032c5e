import { fstatSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { LogSync, type LogSyncOptions } from "../../../../src/io/sqlite/log-sync.ts";
import { openDatabase } from "../../../../src/io/sqlite/open.ts";
import { lookInto } from "../../../helpers/stores.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";
import type { Database } from "../../../../src/io/sqlite/database.ts";

test("the log's file is synced, and COMMIT does it no more until the end", async () => {
  const synced: number[] = [];
  const { path, db, sync } = open(async (file) => void synced.push(fstatSync(file).ino));
  expect(db.pragma("synchronous", { simple: true })).toBe(1);
  await sync.sync();
  expect(synced).toEqual([statSync(`${path}-wal`).ino]);
  sync.close();
  expect(db.pragma("synchronous", { simple: true })).toBe(2);
});

test("the system's own sync does it", async () => {
  const { db, sync } = open();
  db.exec("INSERT INTO notes VALUES ('a')");
  await expect(sync.sync()).resolves.toBeUndefined();
  sync.close();
});

test("a sync that is under way at the end still ends", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { sync } = open(async () => promise);
  const synced = sync.sync();
  sync.close();
  resolve();
  await expect(synced).resolves.toBeUndefined();
});

describe("after a sync that failed", () => {
  test("the log counts for nothing before all of it is in the database", async () => {
    const { path, db, sync, disk } = breaking();
    db.exec("INSERT INTO notes VALUES ('a')");
    await expect(sync.sync()).rejects.toThrow("EIO");
    disk.isBroken = false;
    disk.syncs = 0;
    db.exec("INSERT INTO notes VALUES ('b')");
    await sync.sync();
    expect(statSync(`${path}-wal`).size).toBe(0);
    expect(disk.syncs).toBe(0);
    await sync.sync();
    expect(disk.syncs).toBe(1);
  });

  test("nothing is durable as long as a reader keeps the log from being emptied", async () => {
    const { path, db, sync, disk } = breaking();
    const reader = lookInto(path);
    reader.exec("BEGIN; SELECT count(*) FROM notes");
    db.exec("INSERT INTO notes VALUES ('a')");
    await expect(sync.sync()).rejects.toThrow("EIO");
    disk.isBroken = false;
    await expect(sync.sync()).rejects.toMatchObject({ code: "EIO" });
    reader.exec("COMMIT");
    await sync.sync();
  });
});

interface Opened {
  readonly path: string;
  readonly db: Database;
  readonly sync: LogSync;
}

function open(syncFile?: LogSyncOptions["syncFile"]): Opened {
  const path = join(temporaryFolder(), "x.db");
  const migrations = ["CREATE TABLE notes (text)"];
  const db = openDatabase({ path, migrations, applicationId: 1, busyTimeoutMs: 10 });
  onTestFinished(() => void db.close());
  return { path, db, sync: new LogSync({ db, path, ...(syncFile && { syncFile }) }) };
}

/** On a disk that takes no sync at first. */
function breaking(): Opened & { readonly disk: { isBroken: boolean; syncs: number } } {
  const disk = { isBroken: true, syncs: 0 };
  const opened = open(async () => {
    disk.syncs += 1;
    if (disk.isBroken) throw Object.assign(new Error("EIO: i/o error, fdatasync"), { code: "EIO" });
  });
  onTestFinished(() => opened.sync.close());
  return { ...opened, disk };
}
