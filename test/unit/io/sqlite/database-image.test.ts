import { closeSync, copyFileSync, openSync, truncateSync, utimesSync, writeSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { DatabaseImage } from "../../../../src/io/sqlite/database-image.ts";
import { markOf } from "../../../../src/io/sqlite/file-mark.ts";
import { readIndex } from "../../../../src/io/sqlite/index-file.ts";
import { otherDatabase, watchedDatabase, type WatchedDatabase } from "../../../helpers/watched-database.ts";

test("a fold explains why the file has changed, and nothing else does", () => {
  const { at, judge } = looked();
  at.write(40);
  expect(judge()).toBe("here");
  at.fold();
  expect(judge()).toBe("here");
  utimesSync(at.path, 1, 1);
  expect(judge()).toBe("here");
  writeAt(at.path, 8192, "other bytes");
  expect(judge()).toBe("doubtful");
});

test("the page that was folded last must be in the file", () => {
  const { at, image, judge } = looked();
  at.write(40);
  at.fold();
  expect(judge()).toBe("here");
  expect(image.hasAll).toBe(true);
  truncateSync(at.path, 4096 * 3);
  expect(judge()).toBe("doubtful");
});

test("while nobody can tell how far the log has come, a change is doubtful", () => {
  const { at, image, judge } = looked();
  at.write(4);
  at.fold();
  const mark = markOf(at.path);
  if (!mark) throw new Error("no mark");
  expect(image.judge(mark, undefined)).toBe("doubtful");
  expect(judge()).toBe("here");
});

test("another program's database is not ours, whatever it says of its length", () => {
  const { at, judge } = looked();
  at.write(4);
  judge();
  for (const [place, bytes] of [
    [68, "\0\0\0\x02"],
    [16, "\x20\0"],
    [0, "SQLite format 2\0"],
  ] as const) {
    writeAt(at.path, place, bytes);
    expect(judge()).toBe("overwritten");
  }
});

function looked(): { at: WatchedDatabase; image: DatabaseImage; judge: () => string } {
  const at = watchedDatabase();
  const [file, log, index] = ["", "-wal", "-shm"].map((suffix) => openSync(`${at.path}${suffix}`, "r"));
  const files = [file, log, index].map((each) => each ?? -1);
  // After the database: to close one before would give its locks up.
  onTestFinished(() => files.forEach((each) => closeSync(each)));
  const image = new DatabaseImage(files[0] ?? -1, files[1] ?? -1, 1);
  const judge = (): string => {
    const mark = markOf(at.path);
    if (!mark) throw new Error("no mark");
    return image.judge(mark, readIndex(files[2] ?? -1));
  };
  judge();
  return { at, image, judge };
}

function writeAt(path: string, at: number, text: string): void {
  const file = openSync(path, "r+");
  writeSync(file, Buffer.from(text, "latin1"), 0, text.length, at);
  closeSync(file);
}

test("where a log began anew unseen, what this process has committed tells its own file from another one", () => {
  const { at, image, judge } = looked();
  const needle = Buffer.from("this process");
  at.db.prepare("INSERT INTO notes VALUES (?)").run(needle);
  const pages = (): number[] =>
    at.db.prepare<[], number>("SELECT pageno FROM dbstat WHERE name = 'notes'").pluck().all();
  image.expect({ bytes: needle, pages });
  expect(judge()).toBe("here");
  for (let round = 0; round < 3; round += 1) {
    at.write(60);
    at.fold("TRUNCATE");
    at.write(1);
    expect(judge()).toBe("here");
  }
  at.write(3);
  judge();
  at.fold("TRUNCATE");
  copyFileSync(otherDatabase(500), at.path);
  expect(judge()).toBe("doubtful");
});
