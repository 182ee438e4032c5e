import { renameSync, rmSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { HookcliError } from "../../../../src/core/model/errors.ts";
import {
  bodiesTakenText,
  departureDetails,
  foreignLogDetails,
  loneLogDetails,
  loneLogText,
  refuseOtherFiles,
} from "../../../../src/io/sqlite/departure-words.ts";
import { filesAt } from "../../../../src/io/sqlite/place-watch.ts";
import { watchedDatabase } from "../../../helpers/watched-database.ts";

test("each kind says what happened to which file, and what to do, with no blank left", () => {
  const kinds = ["removed", "replaced", "overwritten", "log-taken", "log-damaged", "index-taken"] as const;
  const details = [
    ...kinds.map((kind) => departureDetails("/x.db", kind)),
    loneLogDetails("/x.db"),
    foreignLogDetails("/x.db"),
  ];
  const said = details.map((each) => new HookcliError("STORE_MOVED", { ...each }));
  for (const { message, hint } of said) {
    expect(message).toMatch(/^\/x\.db is not the store that it was: /);
    expect(`${message} ${hint}`).not.toMatch(/[{}]|undefined/);
  }
  expect(new Set(said.map(({ message }) => message)).size).toBe(said.length);
});

test("a notice names what it is about", () => {
  expect(bodiesTakenText("/x.db-bodies")).toContain("/x.db-bodies");
  expect(loneLogText("/x.db", "/x.db.aside-1-wal")).toMatch(/aside-1-wal.*\/x\.db now/);
});

test("what is expected may be opened, and so may anything where nothing is expected", () => {
  const { path } = watchedDatabase();
  expect(() => refuseOtherFiles(path, filesAt(path))).not.toThrow();
  expect(() => refuseOtherFiles(`${path}.none`, undefined)).not.toThrow();
});

test("another file, none, and the same one with another log are refused", () => {
  const { path } = watchedDatabase();
  const files = filesAt(path);
  const refused = (): string => {
    try {
      refuseOtherFiles(path, files);
      return "nothing";
    } catch (error) {
      return String((error as Error).message);
    }
  };
  renameSync(`${path}-wal`, `${path}-kept`);
  expect(refused()).toContain("its log");
  renameSync(path, `${path}.kept`);
  expect(refused()).toContain("removed");
  writeFileSync(path, "");
  expect(refused()).toContain("another file");
  rmSync(path);
});
