import Sqlite from "better-sqlite3";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { HookcliError } from "../../../../src/core/model/errors.ts";
import { damageIn, failureCode, openFailure, sqliteFailure } from "../../../../src/io/sqlite/failure.ts";
import { garblePages } from "../../../helpers/damage.ts";
import { lookInto } from "../../../helpers/stores.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";

test.each([
  ["SQLITE_BUSY", "busy"],
  ["SQLITE_BUSY_SNAPSHOT", "busy"],
  ["SQLITE_LOCKED", "busy"],
  ["SQLITE_FULL", "full"],
  ["SQLITE_IOERR_SHMSIZE", "full"],
  ["SQLITE_CORRUPT", "corrupt"],
  ["SQLITE_CORRUPT_INDEX", "corrupt"],
  ["SQLITE_NOTADB", "corrupt"],
  ["SQLITE_IOERR_WRITE", "unwritable"],
  ["SQLITE_READONLY", "unwritable"],
  ["SQLITE_READONLY_DBMOVED", "unwritable"],
  ["SQLITE_CANTOPEN", "unwritable"],
  ["SQLITE_PERM", "unwritable"],
  ["SQLITE_CONSTRAINT_PRIMARYKEY", "bug"],
  ["SQLITE_ERROR", "bug"],
])("%s means %s", (code, failure) => {
  const error = new Sqlite.SqliteError("no matter what the text says", code);
  expect(sqliteFailure(error)).toBe(failure);
  expect(failureCode(error)).toBe(code);
});

test("what is not SQLite's own is a bug and is named by its message", () => {
  const error = Object.assign(new Error("a mistake"), { code: "SQLITE_BUSY" });
  expect(sqliteFailure(error)).toBe("bug");
  expect(failureCode(error)).toBe("a mistake");
  expect(sqliteFailure("text")).toBe("bug");
  expect(failureCode("text")).toBe("text");
});

test("damage is looked for in the whole file, and is an answer where the look itself fails", () => {
  const path = join(temporaryFolder(), "some.db");
  const written = new Sqlite(path);
  written.exec("CREATE TABLE things (name TEXT); INSERT INTO things VALUES ('one')");
  written.close();
  expect(damageIn(lookInto(path))).toBeUndefined();
  garblePages(path);
  expect(damageIn(lookInto(path))).toMatch(/./);
});

describe("opening", () => {
  test.each([
    ["SQLITE_BUSY", "STORE_BUSY"],
    ["SQLITE_FULL", "STORE_FULL"],
    ["SQLITE_CORRUPT", "STORE_CORRUPT"],
    ["SQLITE_NOTADB", "STORE_NOT_OURS"],
    ["SQLITE_IOERR_READ", "STORE_UNREADABLE"],
  ])("%s means %s", (code, meaning) => {
    expect(openFailure(new Sqlite.SqliteError("trouble", code), "/x.db", 5000)).toMatchObject({ code: meaning });
  });

  test("the system's word is kept, and so is what has its meaning already; all else is a bug", () => {
    const denied = Object.assign(new Error("denied"), { code: "EACCES" });
    expect(openFailure(denied, "/x.db", 0)).toMatchObject({
      code: "STORE_UNREADABLE",
      details: { path: "/x.db", reason: "EACCES" },
    });
    const known = new HookcliError("STORE_TOO_NEW");
    expect(openFailure(known, "/x.db", 0)).toBe(known);
    const bug = new TypeError("no");
    expect(openFailure(bug, "/x.db", 0)).toBe(bug);
  });
});
