import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makePrivateFolder, syncFolder } from "../../../../src/io/sqlite/private-folder.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";

test("a folder is made with its parents, all of them for their owner alone", () => {
  const top = temporaryFolder();
  makePrivateFolder(join(top, "a/b/c"));
  for (const made of ["a", "a/b", "a/b/c"]) expect(statSync(join(top, made)).mode & 0o777).toBe(0o700);
});

test("a folder that is there stays as it is", () => {
  const top = temporaryFolder();
  const { mode } = statSync(top);
  makePrivateFolder(top);
  expect(statSync(top).mode).toBe(mode);
});

test("where it cannot be made the system's error is thrown", () => {
  const file = join(temporaryFolder(), "file");
  writeFileSync(file, "");
  expect(() => makePrivateFolder(join(file, "below"))).toThrow("ENOTDIR");
  expect(() => syncFolder(join(file, "below"))).toThrow("ENOTDIR");
});
