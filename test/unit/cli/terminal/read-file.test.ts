import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readFileBytes, readTextFile } from "../../../../src/cli/terminal/read-file.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";

test("a text is read as a whole, whatever its characters are and where a piece ends", () => {
  const path = join(temporaryFolder(), "text");
  const text = "ä☃".repeat(100_000);
  writeFileSync(path, text);
  expect(readTextFile(path)).toBe(text);
  expect(readFileBytes(path).toString()).toBe(text);
  writeFileSync(path, "");
  expect(readTextFile(path)).toBe("");
});

test("a text that never ends is not read on", () => {
  expect(() => readTextFile("/dev/zero")).toThrow("cannot read /dev/zero (it is larger than 16 MiB)");
});

test("what cannot be read says why", () => {
  const folder = join(temporaryFolder(), "folder");
  mkdirSync(folder);
  for (const read of [readTextFile, readFileBytes]) {
    expect(() => read(folder)).toThrow("(EISDIR)");
    expect(() => read(join(folder, "missing"))).toThrow("(ENOENT)");
  }
});
