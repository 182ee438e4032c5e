import { closeSync, openSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import * as log from "../../../../src/io/sqlite/log-file.ts";
import { readIndex } from "../../../../src/io/sqlite/index-file.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";
import { watchedDatabase } from "../../../helpers/watched-database.ts";

test("every frame that SQLite wrote is whole, belongs to its log, and the log is as long as they are", () => {
  const { path, write } = watchedDatabase();
  write(20);
  const file = open(`${path}-wal`);
  const head = log.readLogHead(file);
  const { frames = 0, lastSum } = readIndex(open(`${path}-shm`)) ?? {};
  if (!head) throw new Error("no head");
  expect(frames).toBeGreaterThan(20);
  expect(statSync(`${path}-wal`).size).toBe(log.logBytes(frames, head.pageBytes));
  for (let number = 1; number <= frames; number += 1) {
    expect(log.isFrameWhole(file, number, head)).toBe(true);
    expect(log.isFrameOf(log.readFrameHead(file, number, head.pageBytes), head)).toBe(true);
  }
  const last = log.readFrameHead(file, frames, head.pageBytes);
  expect(last && log.frameSum(last)).toEqual(lastSum);
  expect(last && log.pageOfFrame(last)).toBeGreaterThan(0);
  expect(log.readFramePage(file, frames, head.pageBytes)).toHaveLength(head.pageBytes);
  expect(log.isFrameWhole(file, frames + 1, head)).toBe(false);
});

test("a single other byte in a frame shows", () => {
  const { path, write } = watchedDatabase();
  write(3);
  const bytes = readFileSync(`${path}-wal`);
  const copy = join(temporaryFolder(), "copy-wal");
  const at = log.logBytes(1, 4096) + 2000;
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  writeFileSync(copy, bytes);
  const head = log.readLogHead(open(copy));
  if (!head) throw new Error("no head");
  expect([1, 2].map((number) => log.isFrameWhole(open(copy), number, head))).toEqual([true, false]);
});

test("what is no log, or an empty one, has no head", () => {
  const path = join(temporaryFolder(), "x");
  for (const content of ["", "short", "x".repeat(100)]) {
    writeFileSync(path, content);
    expect(log.readLogHead(open(path))).toBeUndefined();
  }
});

function open(path: string): number {
  const file = openSync(path, "r");
  onTestFinished(() => closeSync(file));
  return file;
}
