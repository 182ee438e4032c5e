import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { HookcliError } from "../../../../src/core/model/errors.ts";
import { openFailure } from "../../../../src/io/sqlite/open-failure.ts";

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
