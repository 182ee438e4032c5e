import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { describe, expect, onTestFinished, test } from "vitest";
import { HookcliError } from "../../../../src/core/model/errors.ts";
import { openDatabase, type OpenOptions } from "../../../../src/io/sqlite/open.ts";
import { OtherProcess } from "../../../helpers/other-process.ts";
import { rounds } from "../../../helpers/rounds.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";
import { testAsRoot, testWithTool } from "../../../helpers/tools.ts";
import type { Database } from "../../../../src/io/sqlite/database.ts";

const PROCESSES = 4;
const ROUNDS = rounds(8);

const ours = { migrations: ["CREATE TABLE notes (text)"], applicationId: 0x686f6f6b, busyTimeoutMs: 10 };

describe("an opened database", () => {
  test("keeps what is committed: a log, every commit synced, room given back", () => {
    const db = open(join(temporaryFolder(), "x.db"));
    expect(
      Object.fromEntries(
        ["journal_mode", "synchronous", "auto_vacuum", "journal_size_limit", "foreign_keys", "trusted_schema"].map(
          (name) => [name, db.pragma(name, { simple: true })],
        ),
      ),
    ).toEqual({
      journal_mode: "wal",
      synchronous: 2,
      auto_vacuum: 2,
      journal_size_limit: 64 * 1024 * 1024,
      foreign_keys: 1,
      trusted_schema: 0,
    });
    expect(db.pragma("fullfsync", { simple: true })).toBe(1);
    expect(db.pragma("checkpoint_fullfsync", { simple: true })).toBe(1);
  });

  test("is for its owner alone, with its log and the folders that were made for it, whatever the umask", () => {
    const folder = temporaryFolder();
    const path = join(folder, "deep/down/x.db");
    const before = process.umask(0);
    onTestFinished(() => void process.umask(before));
    const db = open(path);
    db.exec("INSERT INTO notes VALUES ('a')");
    for (const file of [path, `${path}-wal`, `${path}-shm`]) expect(modeOf(file)).toBe(0o600);
    for (const made of ["deep", "deep/down"]) expect(modeOf(join(folder, made))).toBe(0o700);
  });

  test("that was readable by others is not any more", () => {
    const path = join(temporaryFolder(), "x.db");
    open(path).close();
    chmodSync(path, 0o644);
    const db = open(path);
    db.exec("INSERT INTO notes VALUES ('a')");
    for (const file of [path, `${path}-wal`, `${path}-shm`]) expect(modeOf(file)).toBe(0o600);
  });

  test("is migrated to the newest schema, and an empty file is as good as none", () => {
    const path = join(temporaryFolder(), "x.db");
    writeFileSync(path, "");
    open(path).close();
    const db = open(path, { migrations: [...ours.migrations, "ALTER TABLE notes ADD COLUMN at"] });
    expect(db.pragma("user_version", { simple: true })).toBe(2);
  });
});

describe("a file that is not ours is refused, and neither its bytes nor its mode change:", () => {
  test("a database of another program", () => {
    const path = foreignDatabase("CREATE TABLE theirs (x)");
    expectRefusal(path, "STORE_NOT_OURS");
  });

  test("a database that another program marked as its own", () => {
    expectRefusal(foreignDatabase("PRAGMA application_id = 7"), "STORE_NOT_OURS");
  });

  test("a database of another program that was killed, whose log is not folded in", () => {
    const original = join(temporaryFolder(), "theirs.db");
    const db = new Sqlite(original);
    onTestFinished(() => void db.close());
    db.pragma("journal_mode = WAL");
    db.exec("CREATE TABLE theirs (x)");
    const path = join(temporaryFolder(), "copy.db");
    for (const part of ["", "-wal"]) copyFileSync(original + part, path + part);
    const log = readFileSync(`${path}-wal`);
    expectRefusal(path, "STORE_NOT_OURS");
    expect(readFileSync(`${path}-wal`).equals(log)).toBe(true);
  });

  test("no database at all", () => {
    const path = join(temporaryFolder(), "letter.txt");
    writeFileSync(path, "Dear Sir or Madam, ".repeat(500));
    expectRefusal(path, "STORE_NOT_OURS");
  });

  test("a store of a newer hookcli", () => {
    const path = join(temporaryFolder(), "x.db");
    open(path, { migrations: [...ours.migrations, "CREATE TABLE future (x)"] }).close();
    const { details } = expectRefusal(path, "STORE_TOO_NEW");
    expect(details).toMatchObject({ found: 2, known: 1 });
  });
});

describe("what somebody put in the place of one of its files is refused, and neither opened nor changed:", () => {
  const parts = ["", "-wal", "-shm", "-journal"];

  test.each(parts)("a link at x.db%s", (part) => {
    const path = join(temporaryFolder(), "x.db");
    if (part !== "") open(path).close();
    writeFileSync(`${path}.victim`, "");
    chmodSync(`${path}.victim`, 0o644);
    symlinkSync(`${path}.victim`, `${path}${part}`);
    expect(failureOf(path)).toMatchObject({
      code: "FILE_REFUSED",
      message: `${path}${part} is left alone: it is a symbolic link`,
    });
    expect(statSync(`${path}.victim`)).toMatchObject({ size: 0 });
    expect(modeOf(`${path}.victim`)).toBe(0o644);
  });

  test("a link that leads nowhere: nothing is made there", () => {
    const path = join(temporaryFolder(), "x.db");
    symlinkSync(`${path}.new`, path);
    expect(failureOf(path).code).toBe("FILE_REFUSED");
    expect(existsSync(`${path}.new`)).toBe(false);
  });

  testWithTool("mkfifo", "a pipe, and nobody waits for its other end", () => {
    for (const part of parts) {
      const path = join(temporaryFolder(), "x.db");
      execFileSync("mkfifo", [`${path}${part}`]);
      expect(failureOf(path)).toMatchObject({ details: { path: `${path}${part}`, reason: "it is a named pipe" } });
    }
  });

  test("a second name of another database", () => {
    const path = join(temporaryFolder(), "x.db");
    open(path).close();
    linkSync(path, `${path}.other`);
    expect(failureOf(`${path}.other`)).toMatchObject({ code: "FILE_REFUSED" });
  });

  testAsRoot("another user's file", () => {
    for (const part of parts) {
      const path = join(temporaryFolder(), "x.db");
      writeFileSync(`${path}${part}`, "");
      chownSync(`${path}${part}`, 65_534, 65_534);
      expect(failureOf(path)).toMatchObject({ details: { reason: "it belongs to another user (uid 65534)" } });
      expect(statSync(`${path}${part}`).uid).toBe(65_534);
    }
  });

  test("a name with a blank behind it, which SQLite reads as another one", () => {
    const folder = temporaryFolder();
    expect(failureOf(join(folder, "x.db "))).toMatchObject({ details: { reason: "its name ends with a blank" } });
    expect(readdirSync(folder)).toEqual([]);
  });

  test("whatever is in a folder to which everyone may write", () => {
    const above = temporaryFolder();
    const folder = join(above, "open");
    mkdirSync(folder);
    chmodSync(above, 0o755);
    chmodSync(folder, 0o777);
    for (const name of ["x.db", "new/x.db"]) expect(failureOf(join(folder, name)).code).toBe("STORE_EXPOSED");
    expect(readdirSync(folder)).toEqual([]);
    chmodSync(folder, 0o1777);
    open(join(folder, "x.db"));
    expect(modeOf(join(folder, "x.db"))).toBe(0o600);
  });
});

describe("a store that cannot be opened says why:", () => {
  test("a damaged schema", () => {
    const path = foreignDatabase("PRAGMA application_id = 1752133483; PRAGMA user_version = 1; CREATE TABLE a (x)");
    const bytes = readFileSync(path);
    bytes.fill(0xff, 100, 110);
    writeFileSync(path, bytes);
    expect(failureOf(path).code).toBe("STORE_CORRUPT");
  });

  test("a folder in its place, or a file in place of its folder", () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "x.db"));
    expect(failureOf(join(folder, "x.db"))).toMatchObject({ code: "FILE_REFUSED" });
    writeFileSync(join(folder, "file"), "");
    expect(failureOf(join(folder, "file/x.db"))).toMatchObject({ code: "STORE_UNREADABLE" });
  });

  test("another process that keeps it locked for longer than patience lasts", async () => {
    const path = join(temporaryFolder(), "x.db");
    const other = new OtherProcess();
    await other.obey({ kind: "sql", path, sql: "BEGIN EXCLUSIVE; CREATE TABLE a (x)" });
    expect(failureOf(path, { patienceMs: 200 })).toMatchObject({ code: "STORE_BUSY", details: { seconds: 0.2 } });
  });

  test("a mistake in a migration is no trouble of the user's", () => {
    const path = join(temporaryFolder(), "x.db");
    expect(() => openDatabase({ ...ours, path, migrations: ["NONSENSE"] })).toThrow(Sqlite.SqliteError);
  });
});

test(`${PROCESSES} processes that open the same new store at once all succeed, ${ROUNDS} times`, async () => {
  const folder = temporaryFolder();
  const processes = Array.from({ length: PROCESSES }, () => new OtherProcess());
  for (let round = 0; round < ROUNDS; round += 1) {
    const path = join(folder, `${round}.db`);
    const opened = await Promise.all(processes.map((other) => other.obey({ kind: "open", path })));
    expect(opened).toEqual(processes.map(() => "opened"));
    const db = new Sqlite(path);
    expect(db.pragma("auto_vacuum", { simple: true })).toBe(2);
    expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
    db.close();
  }
});

function open(path: string, changes: Partial<OpenOptions> = {}): Database {
  const db = openDatabase({ ...ours, path, ...changes });
  onTestFinished(() => void db.close());
  return db;
}

function foreignDatabase(sql: string): string {
  const path = join(temporaryFolder(), "theirs.db");
  const db = new Sqlite(path);
  db.exec(sql);
  db.close();
  return path;
}

function failureOf(path: string, changes: Partial<OpenOptions> = {}): HookcliError {
  try {
    open(path, changes);
  } catch (error) {
    if (error instanceof HookcliError) return error;
    throw error;
  }
  throw new Error(`${path} was opened`);
}

function expectRefusal(path: string, code: string): HookcliError {
  chmodSync(path, 0o644);
  const bytes = readFileSync(path);
  const error = failureOf(path);
  expect(error.code).toBe(code);
  expect(readFileSync(path).equals(bytes)).toBe(true);
  expect(modeOf(path)).toBe(0o644);
  return error;
}

function modeOf(path: string): number {
  return statSync(path).mode & 0o777;
}

describe("a log without its database", () => {
  test("keeps anybody from making a database beside it who cannot put it aside", () => {
    const path = join(temporaryFolder(), "x.db");
    for (const [file, suffix] of [
      ["the log of somebody who runs", "-wal"],
      ["", "-shm"],
    ] as const) {
      writeFileSync(`${path}${suffix}`, file);
      expect(failureOf(path).code).toBe("STORE_MOVED");
      writeFileSync(path, "");
      expect(failureOf(path).code).toBe("STORE_MOVED");
      expect(readFileSync(`${path}${suffix}`, "utf8")).toBe(file);
      rmSync(path);
      rmSync(`${path}${suffix}`);
    }
  });

  test("is put aside, and told, by who can", () => {
    const path = join(temporaryFolder(), "x.db");
    writeFileSync(`${path}-wal`, "an old log");
    const told: string[] = [];
    openDatabase({ ...ours, path, onAside: (log) => told.push(log) }).close();
    expect(told).toEqual([`${path}.aside-1-wal`]);
    expect(readFileSync(`${path}.aside-1-wal`, "utf8")).toBe("an old log");
  });
});

test("a fresh database is whole without its log", () => {
  const path = join(temporaryFolder(), "x.db");
  const db = openDatabase({ ...ours, path });
  onTestFinished(() => void db.close());
  copyFileSync(path, `${path}.copy`);
  const copy = new Sqlite(`${path}.copy`);
  onTestFinished(() => void copy.close());
  expect(copy.prepare("SELECT count(*) FROM sqlite_master").pluck().get()).toBeGreaterThan(0);
});
