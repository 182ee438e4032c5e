import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Ballast } from "../../../../src/io/store/ballast.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";

const MIB = 1024 * 1024;

test("it is one MiB that no file system can shrink, for its owner alone, and is given back when asked", () => {
  const path = join(temporaryFolder(), "ballast");
  const ballast = new Ballast(path);
  expect(ballast.isThere()).toBe(false);
  expect(ballast.take()).toBe(true);
  expect(ballast.isThere()).toBe(true);
  expect(statSync(path)).toMatchObject({ size: MIB });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(new Set(readFileSync(path)).size).toBe(256);
  ballast.release();
  ballast.release();
  expect(ballast.isThere()).toBe(false);
});

test("what is there is not written again, what is there in part is", () => {
  const path = join(temporaryFolder(), "ballast");
  const ballast = new Ballast(path);
  writeFileSync(path, "part");
  expect(ballast.isThere()).toBe(false);
  expect(ballast.take()).toBe(true);
  const bytes = readFileSync(path);
  expect(ballast.take()).toBe(true);
  expect(readFileSync(path).equals(bytes)).toBe(true);
});

test("where it cannot be taken it says so and does not throw", () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "taken"));
  writeFileSync(join(folder, "file"), "");
  for (const path of [join(folder, "missing/ballast"), join(folder, "taken"), join(folder, "file/ballast")]) {
    const ballast = new Ballast(path);
    expect(ballast.take()).toBe(false);
    expect(() => ballast.release()).not.toThrow();
  }
});
