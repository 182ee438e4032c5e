import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { damageIn, failureCode, sqliteFailure } from "../../../../src/io/sqlite/failure.ts";
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
