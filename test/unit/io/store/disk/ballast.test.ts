import { linkSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Ballast } from "../../../../../src/io/store/disk/ballast.ts";
import { temporaryFolder } from "../../../../helpers/surroundings.ts";

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

test("what stands in its place and is no file of ours is neither written nor removed", () => {
  const folder = temporaryFolder();
  const victim = join(folder, "victim");
  writeFileSync(victim, "victim");
  symlinkSync(victim, join(folder, "link"));
  symlinkSync(join(folder, "new"), join(folder, "loose"));
  linkSync(victim, join(folder, "second"));
  for (const name of ["link", "loose", "second"]) {
    const ballast = new Ballast(join(folder, name));
    expect([ballast.isThere(), ballast.take()]).toEqual([false, false]);
    ballast.release();
  }
  expect(readFileSync(victim, "utf8")).toBe("victim");
  expect(readdirSync(folder).sort()).toEqual(["link", "loose", "second", "victim"]);
});
