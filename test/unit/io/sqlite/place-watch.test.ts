import {
  chmodSync,
  closeSync,
  copyFileSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { describe, expect, test } from "vitest";
import { lookInto } from "../../../helpers/stores.ts";
import { otherDatabase, watchedDatabase, type WatchedDatabase } from "../../../helpers/watched-database.ts";

describe("all is in its place", () => {
  test("while it is written and folded, by this process", () => {
    const { watch, write, fold } = watchedDatabase();
    const steps = [
      () => write(50),
      () => fold(),
      () => write(200),
      () => fold("FULL"),
      () => write(1),
      () => fold("TRUNCATE"),
      () => write(30),
    ];
    expect(steps.map((step) => (step(), watch.look()))).toEqual(steps.map(() => undefined));
  });

  test("while another connection writes, removes, vacuums, and folds as it likes, also between two looks", () => {
    const { path, watch, write } = watchedDatabase();
    const other = lookInto(path);
    for (let round = 0; round < 30; round += 1) {
      write(round % 7);
      if (round % 2 === 0) other.exec("INSERT INTO notes VALUES (randomblob(9000))");
      if (round % 3 === 0) other.exec("DELETE FROM notes WHERE rowid % 3 = 0; PRAGMA incremental_vacuum(20)");
      if (round % 4 > 0) other.pragma(`wal_checkpoint(${["PASSIVE", "RESTART", "TRUNCATE"][round % 3]})`);
      write(round % 5);
      if (round % 4 > 1) other.pragma("wal_checkpoint(TRUNCATE)");
      expect(watch.look()).toBeUndefined();
    }
  });

  test("while a reader keeps a fold from being whole", () => {
    const { path, watch, write, fold } = watchedDatabase();
    write(20);
    const reader = lookInto(path);
    reader.exec("BEGIN; SELECT count(*) FROM notes");
    write(300);
    fold();
    expect(watch.look()).toBeUndefined();
    reader.exec("COMMIT");
    fold();
    expect(watch.look()).toBeUndefined();
  });

  test("where somebody touches the file, or changes its mode", () => {
    const { path, watch, write } = watchedDatabase();
    write(5);
    watch.look();
    utimesSync(path, 1, 1);
    expect(watch.look()).toBeUndefined();
    chmodSync(path, 0o640);
    expect(watch.look()).toBeUndefined();
  });
});

describe("what happened is told:", () => {
  test.each([
    ["removed", ({ path }: WatchedDatabase) => rmSync(path)],
    ["removed", ({ path }: WatchedDatabase) => renameSync(path, `${path}.moved`)],
    ["replaced", ({ path }: WatchedDatabase) => renameSync(otherDatabase(3), path)],
    ["overwritten", ({ path }: WatchedDatabase) => truncateSync(path, 0)],
    ["overwritten", ({ path }: WatchedDatabase) => writeInto(path, Buffer.alloc(20_000, "x"))],
    ["log-taken", ({ path }: WatchedDatabase) => rmSync(`${path}-wal`)],
    ["log-taken", ({ path }: WatchedDatabase) => replaceByCopy(`${path}-wal`)],
    ["log-damaged", ({ path }: WatchedDatabase) => truncateSync(`${path}-wal`, 30_000)],
    ["log-damaged", cutUnderAWriter],
    ["log-damaged", ({ path }: WatchedDatabase) => writeInto(`${path}-wal`, Buffer.alloc(9000, 1))],
    ["index-taken", ({ path }: WatchedDatabase) => rmSync(`${path}-shm`)],
    ["index-taken", ({ path }: WatchedDatabase) => replaceByCopy(`${path}-shm`)],
    ["index-taken", ({ path }: WatchedDatabase) => truncateSync(`${path}-shm`, 4096)],
  ])("%s, and that is sure", (departure, happen) => {
    const at = watchedDatabase();
    at.write(20);
    expect(at.watch.look()).toBeUndefined();
    happen(at);
    expect(at.watch.look()).toEqual({ departure, isSure: true });
  });

  test.each([
    [
      "overwritten",
      "an older copy of itself",
      ({ path }: WatchedDatabase) => writeInto(path, readFileSync(`${path}.old`)),
    ],
    ["overwritten", "another one of its kind", ({ path }: WatchedDatabase) => copyFileSync(otherDatabase(90), path)],
    ["overwritten", "the first part of itself", ({ path }: WatchedDatabase) => truncateSync(path, 8192)],
  ])("%s by %s, which another process's fold might explain for a moment", (departure, _, happen) => {
    const at = watchedDatabase();
    copyFileSync(at.path, `${at.path}.old`);
    at.write(30);
    at.fold();
    at.write(20);
    expect(at.watch.look()).toBeUndefined();
    happen(at);
    expect(at.watch.look()).toEqual({ departure, isSure: false });
    expect(at.watch.look()).toEqual({ departure, isSure: false });
  });
});

test("an index that was cut gets its length back before anybody is ended for reading behind its end", () => {
  const { path, db, watch, write } = watchedDatabase();
  write(20);
  watch.look();
  truncateSync(`${path}-shm`, 0);
  watch.look();
  expect(readFileSync(`${path}-shm`)).toHaveLength(32_768);
  expect(db.prepare("SELECT count(*) FROM notes").pluck().get()).toBe(20);
});

test("a log that is folded whole is to be looked at once more when it begins anew", () => {
  const { watch, write, fold } = watchedDatabase();
  const states = [() => write(3), () => fold(), () => write(1)].map((step) => {
    step();
    watch.look();
    return watch.isLogFolded;
  });
  expect(states).toEqual([false, true, false]);
});

/** The next commit makes it long again, with a hole in it that a fold would copy into the database. */
function cutUnderAWriter({ path, write }: WatchedDatabase): void {
  write(20);
  truncateSync(`${path}-wal`, 60_000);
  write(1);
}

function writeInto(path: string, bytes: Buffer): void {
  const file = openSync(path, "r+");
  truncateSync(path, bytes.length);
  writeSync(file, bytes, 0, bytes.length, 0);
  closeSync(file);
}

function replaceByCopy(path: string): void {
  writeFileSync(`${path}.copy`, readFileSync(path));
  renameSync(`${path}.copy`, path);
}
