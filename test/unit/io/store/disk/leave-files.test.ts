import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Departure } from "../../../../../src/io/sqlite/place-watch.ts";
import { leaveFiles } from "../../../../../src/io/store/disk/leave-files.ts";
import { OtherProcess } from "../../../../helpers/other-process.ts";
import { lookInto } from "../../../../helpers/stores.ts";
import { otherDatabase, watchedDatabase, type WatchedDatabase } from "../../../../helpers/watched-database.ts";

describe("a database that is not at its path any more", () => {
  test("takes its log along to the side, and another one that is put there has none", () => {
    const { at, aside } = left("replaced", ({ path }) => renameSync(otherDatabase(7), path));
    expect(aside()).toBe(`${at.path}.aside-1-wal`);
    expect([existsSync(`${at.path}-wal`), existsSync(`${at.path}-shm`)]).toEqual([false, false]);
    const before = readFileSync(at.path);
    at.db.close();
    expect(readFileSync(at.path).equals(before)).toBe(true);
    expect(rowsIn(at.path)).toBe(7);
  });

  test("has its log back when it is put back", () => {
    const { at, aside, settle } = left("removed", ({ path }) => renameSync(path, `${path}.moved`));
    renameSync(`${at.path}.moved`, at.path);
    settle();
    expect(aside()).toBeUndefined();
    at.db.close();
    expect(rowsIn(at.path)).toBe(20);
  });

  test("and was written by somebody meanwhile does not", async () => {
    const { at, aside, settle } = left("removed", ({ path }) => renameSync(path, `${path}.moved`));
    const sql = "INSERT INTO notes VALUES ('x'); PRAGMA wal_checkpoint(TRUNCATE)";
    await new OtherProcess().obey({ kind: "sql", path: `${at.path}.moved`, sql });
    renameSync(`${at.path}.moved`, at.path);
    settle();
    expect(aside()).toBe(`${at.path}.aside-1-wal`);
  });

  test("is whole together with its log under the log's name", () => {
    const { at } = left("removed", ({ path }) => renameSync(path, `${path}.moved`));
    at.db.close();
    renameSync(`${at.path}.moved`, `${at.path}.aside-1`);
    expect(rowsIn(`${at.path}.aside-1`)).toBe(20);
  });
});

test("what was written over a database stays as it is, byte for byte, when the connection is closed", () => {
  const other = readFileSync(otherDatabase(7));
  const { at, aside } = left("overwritten", ({ path }) => writeFileSync(path, other));
  at.db.close();
  expect(readFileSync(at.path).equals(other)).toBe(true);
  expect(rowsIn(at.path)).toBe(7);
  expect(statSync(aside() ?? "").size).toBeGreaterThan(80_000);
});

describe("a database that is where it was", () => {
  test.each<[Departure, (at: WatchedDatabase) => void]>([
    ["log-taken", ({ path }) => rmSync(`${path}-wal`)],
    ["log-taken", ({ path }) => renameSync(otherDatabase(1), `${path}-wal`)],
    ["index-taken", ({ path }) => rmSync(`${path}-shm`)],
  ])("has all that was in its log, %s", (departure, happen) => {
    const { at, settle } = left(departure, happen);
    settle();
    at.db.close();
    expect(rowsIn(at.path)).toBe(20);
  });

  test("has what is whole of a log that was cut", () => {
    const { at, settle } = left("log-damaged", ({ path }) => {
      const bytes = readFileSync(`${path}-wal`);
      bytes.fill(0, Math.floor(bytes.length / 2));
      writeFileSync(`${path}-wal`, bytes);
    });
    settle();
    at.db.close();
    expect(rowsIn(at.path)).toBeGreaterThan(3);
    expect(rowsIn(at.path)).toBeLessThan(20);
    expect(lookInto(at.path).pragma("quick_check(1)", { simple: true })).toBe("ok");
  });
});

function left(departure: Departure, happen: (at: WatchedDatabase) => void) {
  const at = watchedDatabase();
  at.write(20);
  happen(at);
  return { at, ...leaveFiles({ path: at.path, watch: at.watch, departure }) };
}

function rowsIn(path: string): number {
  return Number(lookInto(path).prepare("SELECT count(*) FROM notes").pluck().get());
}
