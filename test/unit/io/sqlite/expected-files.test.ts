import { renameSync, rmSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { refuseOtherFiles } from "../../../../src/io/sqlite/expected-files.ts";
import { filesAt } from "../../../../src/io/sqlite/place-watch.ts";
import { watchedDatabase } from "../../../helpers/watched-database.ts";

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
