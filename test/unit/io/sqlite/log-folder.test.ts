import { copyFileSync, readFileSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { logGauge } from "../../../../src/io/sqlite/fold-log.ts";
import { LogFolder } from "../../../../src/io/sqlite/log-folder.ts";
import { openDatabase } from "../../../../src/io/sqlite/open.ts";
import { filesAt, type OpenFiles } from "../../../../src/io/sqlite/place-watch.ts";
import { lookInto } from "../../../helpers/stores.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";
import type { Database } from "../../../../src/io/sqlite/database.ts";

const PAGE_BYTES = 4096;
const LONG_PAGES = 4000;
/** What a look at the length of the log takes. */
const COMMITS = 16;

describe("a log", () => {
  test("that is long goes into the database beside the thread, commits rest for its end, and it begins anew", async () => {
    const { path, db, folder, pauses } = open();
    write(db, LONG_PAGES);
    const atATime = logGauge(db);
    for (let commit = 0; commit < COMMITS; commit += 1) folder.look();
    expect(atATime()).toBeGreaterThan(LONG_PAGES);
    await expect.poll(() => pauses.length).toBe(1);
    await Promise.all(pauses);
    expect(atATime()).toBe(0);
    expect(statSync(path).size).toBeGreaterThan(LONG_PAGES * PAGE_BYTES);
    const longBytes = statSync(`${path}-wal`).size;
    write(db, LONG_PAGES - 100);
    expect(statSync(`${path}-wal`).size).toBe(longBytes);
  });

  test("that is short is left alone", () => {
    const { db, folder, pauses } = open();
    write(db, 10);
    for (let commit = 0; commit < COMMITS; commit += 1) folder.look();
    expect(pauses).toEqual([]);
    expect(logGauge(db)()).toBeGreaterThan(0);
  });

  test("is left as far as somebody still reads the old pages", async () => {
    const { path, db, folder } = open();
    const reader = lookInto(path);
    reader.exec("BEGIN; SELECT count(*) FROM notes");
    write(db, 100);
    expect(await folder.fold("PASSIVE")).toBeGreaterThan(100);
    reader.exec("COMMIT");
    expect(await folder.fold("PASSIVE")).toBe(0);
  });

  test("is never folded by a commit", () => {
    const { db } = open();
    write(db, LONG_PAGES * 2);
    write(db, 1);
    expect(logGauge(db)()).toBeGreaterThan(LONG_PAGES * 2);
  });

  test("whose database is gone is not folded, and nobody is told: a commit will meet the same", async () => {
    const { db } = open();
    const folder = folderOf(db, join(temporaryFolder(), "nowhere.db"));
    expect(await folder.fold("PASSIVE")).toBe(Infinity);
  });
});

test("at the end a fold that is under way is ended, and those behind it are given up", async () => {
  const { path, db, folder } = open();
  write(db, LONG_PAGES);
  const folds = [folder.fold("PASSIVE"), folder.fold("PASSIVE")];
  await folder.close();
  await Promise.all(folds);
  db.close();
  expect(statSync(path).size).toBeGreaterThan(LONG_PAGES * PAGE_BYTES);
  expect(statSync(`${path}-wal`, { throwIfNoEntry: false })).toBeUndefined();
});

interface Opened {
  readonly path: string;
  readonly db: Database;
  readonly folder: LogFolder;
  /** What commits had to rest for. */
  readonly pauses: readonly Promise<unknown>[];
}

function open(): Opened {
  const path = join(temporaryFolder(), "x.db");
  const migrations = ["CREATE TABLE notes (bytes BLOB)"];
  const db = openDatabase({ path, migrations, applicationId: 1, busyTimeoutMs: 10 });
  onTestFinished(() => void db.close());
  const pauses: Promise<unknown>[] = [];
  return { path, db, folder: folderOf(db, path, pauses), pauses };
}

function folderOf(db: Database, path: string, pauses: Promise<unknown>[] = []): LogFolder {
  const folder = new LogFolder({ db, path, pauseCommits: (work) => void pauses.push(work) });
  onTestFinished(async () => folder.close());
  return folder;
}

function write(db: Database, pages: number): void {
  db.prepare("INSERT INTO notes VALUES (zeroblob(?))").run(pages * PAGE_BYTES);
}

test("what may not be folded now is not, and who allows it is told when a fold has ended", async () => {
  const { path, db } = open();
  write(db, 10);
  const steps: string[] = [];
  let files = undefined as OpenFiles | undefined;
  const guard = {
    beginFold: () => {
      steps.push("begin");
      return files;
    },
    foldEnded: () => void steps.push("ended"),
  };
  const folder = new LogFolder({ db, path, guard, pauseCommits: () => undefined });
  onTestFinished(async () => folder.close());
  expect(await folder.fold("PASSIVE")).toBe(Infinity);
  files = filesAt(path);
  expect(await folder.fold("PASSIVE")).toBe(0);
  expect(steps).toEqual(["begin", "begin", "ended"]);
  write(db, 10);
  // What is at the path by then is another file.
  renameSync(path, `${path}.moved`);
  copyFileSync(`${path}.moved`, path);
  const before = readFileSync(path);
  expect(await folder.fold("PASSIVE")).toBe(Infinity);
  expect(readFileSync(path).equals(before)).toBe(true);
});
