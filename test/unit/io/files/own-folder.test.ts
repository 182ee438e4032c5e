import { chmodSync, chownSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  checkOwnFolder,
  isOwnFolder,
  makeFolder,
  makeOwnFolder,
  makePrivateFolder,
  syncFolder,
} from "../../../../src/io/files/own-folder.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";
import { testAsRoot } from "../../../helpers/tools.ts";

const NOBODY = 65_534;

describe("a folder that is made", () => {
  test.each([0, 0o022, 0o077, 0o777])("is its owner's alone under umask %o", (umask) => {
    const path = join(temporaryFolder(), "bodies");
    const before = process.umask(umask);
    onTestFinished(() => void process.umask(before));
    expect([makeOwnFolder(path), makeOwnFolder(path), makeFolder(path)]).toEqual([true, false, false]);
    expect(statSync(path).mode & 0o777).toBe(0o700);
  });

  test("needs the one above it", () => {
    expect(() => makeOwnFolder(join(temporaryFolder(), "a/b"))).toThrow("ENOENT");
  });
});

test("one that is there is made its owner's alone again, with what is in it", () => {
  const path = join(temporaryFolder(), "bodies");
  mkdirSync(path);
  chmodSync(path, 0o777);
  writeFileSync(join(path, "file"), "");
  expect(makeOwnFolder(path)).toBe(false);
  expect(statSync(path).mode & 0o777).toBe(0o700);
  expect(readdirSync(path)).toEqual(["file"]);
});

describe("what is no folder of ours is refused, and its mode stays:", () => {
  test("a link to one", () => {
    const folder = temporaryFolder();
    const victim = join(folder, "victim");
    mkdirSync(victim);
    chmodSync(victim, 0o755);
    symlinkSync(victim, join(folder, "bodies"));
    expect(() => makeOwnFolder(join(folder, "bodies"))).toThrow("it is a symbolic link");
    expect(isOwnFolder(join(folder, "bodies"))).toBe(false);
    expect(statSync(victim).mode & 0o777).toBe(0o755);
  });

  test("a file", () => {
    const path = join(temporaryFolder(), "bodies");
    writeFileSync(path, "");
    expect(() => makeOwnFolder(path)).toThrow("it is no folder");
    expect(isOwnFolder(path)).toBe(false);
    expect(() => checkOwnFolder(join(path, "below"))).toThrow("ENOTDIR");
    expect(isOwnFolder(join(path, "below"))).toBe(false);
  });

  testAsRoot("another user's", () => {
    const path = join(temporaryFolder(), "bodies");
    mkdirSync(path);
    chownSync(path, NOBODY, NOBODY);
    expect(() => checkOwnFolder(path)).toThrow(`it belongs to another user (uid ${NOBODY})`);
  });
});

describe("a private folder", () => {
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
});
