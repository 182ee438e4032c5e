import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readIndex } from "../../../../src/io/sqlite/index-file.ts";
import { readLogHead } from "../../../../src/io/sqlite/log-file.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";
import { watchedDatabase } from "../../../helpers/watched-database.ts";

test("it says what SQLite says: how many pages are in the log, how many of them are folded, and whose log it is", () => {
  const { path, db, write, fold } = watchedDatabase();
  const file = open(`${path}-shm`);
  write(5);
  const [{ log }] = db.pragma("wal_checkpoint(NOOP)") as [{ log: number }];
  expect(readIndex(file)).toMatchObject({ frames: log, folded: 0, salts: readLogHead(open(`${path}-wal`))?.salts });
  fold();
  expect(readIndex(file)).toMatchObject({ frames: log, folded: log });
  const before = readIndex(file)?.salts;
  write(1);
  expect(readIndex(file)).toMatchObject({ folded: 0 });
  expect(readIndex(file)?.salts).not.toEqual(before);
});

test("of one that is written at this moment, or that is none, nothing is said", () => {
  const { path, write } = watchedDatabase();
  write(1);
  const bytes = readFileSync(`${path}-shm`);
  const copy = join(temporaryFolder(), "shm");
  bytes.writeUInt32LE(99, 16);
  for (const content of [bytes, bytes.subarray(0, 50), Buffer.alloc(32_768)]) {
    writeFileSync(copy, content);
    expect(readIndex(open(copy))).toBeUndefined();
  }
});

function open(path: string): number {
  const file = openSync(path, "r");
  onTestFinished(() => closeSync(file));
  return file;
}
