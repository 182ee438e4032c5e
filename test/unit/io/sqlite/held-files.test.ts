import { readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { forgetHeldFiles, isLogOfAnother, noteHeldFiles } from "../../../../src/io/sqlite/held-files.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";

test("a log belongs to the database that it was open with, and to no other one that is put there", () => {
  const path = store();
  noteHeldFiles(path);
  expect(isLogOfAnother(path)).toBe(false);
  replace(path);
  expect(isLogOfAnother(path)).toBe(true);
});

test("of a log that nobody noted nothing is known, nor of one that came with its database", () => {
  const path = store();
  expect(isLogOfAnother(path)).toBe(false);
  noteHeldFiles(path);
  replace(path);
  replace(`${path}-wal`);
  expect(isLogOfAnother(path)).toBe(false);
});

test("the note is for its owner alone, follows no link, and goes when the log is gone", () => {
  const path = store();
  const other = join(temporaryFolder(), "other");
  writeFileSync(other, "somebody's");
  symlinkSync(other, `${path}-held`);
  noteHeldFiles(path);
  expect(readFileSync(other, "utf8")).toBe("somebody's");
  expect(statSync(`${path}-held`).mode & 0o777).toBe(0o600);
  forgetHeldFiles(path);
  expect(statSync(`${path}-held`).size).toBeGreaterThan(0);
  rmSync(`${path}-wal`);
  forgetHeldFiles(path);
  expect(statSync(`${path}-held`, { throwIfNoEntry: false })).toBeUndefined();
});

test("whatever stands in a note, nothing is thrown", () => {
  const path = store();
  for (const text of ["", "x", "1 2 3", "\0", "a".repeat(100_000)]) {
    writeFileSync(`${path}-held`, text);
    expect(isLogOfAnother(path)).toBe(false);
  }
});

function replace(path: string): void {
  writeFileSync(`${path}.new`, "another");
  renameSync(`${path}.new`, path);
}

function store(): string {
  const path = join(temporaryFolder(), "hooks.db");
  writeFileSync(path, "database");
  writeFileSync(`${path}-wal`, "log");
  return path;
}
