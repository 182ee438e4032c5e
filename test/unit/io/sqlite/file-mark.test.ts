import { chmodSync, closeSync, mkdirSync, openSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isSameFile, isUntouched, isUnwritten, markOf, markOfOpen } from "../../../../src/io/sqlite/file-mark.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";

test("a file is the same under another name, and its content unwritten; its name was changed all the same", () => {
  const path = fileWith("one");
  const before = markOf(path);
  renameSync(path, `${path}.new`);
  const after = markOf(`${path}.new`);
  expect([isSameFile(before, after), isUnwritten(before, after), isUntouched(before, after)]).toEqual([
    true,
    true,
    false,
  ]);
});

test("a write shows, also one of the same length, and so does a change of the mode", () => {
  const path = fileWith("one");
  const before = markOf(path);
  expect(isUntouched(before, markOf(path))).toBe(true);
  writeFileSync(path, "two");
  const written = markOf(path);
  expect([isSameFile(before, written), isUnwritten(before, written)]).toEqual([true, false]);
  chmodSync(path, 0o600);
  chmodSync(path, 0o644);
  expect([isUnwritten(written, markOf(path)), isUntouched(written, markOf(path))]).toEqual([true, false]);
});

test("another file of the same name and content is another one", () => {
  const path = fileWith("one");
  const before = markOf(path);
  writeFileSync(`${path}.new`, "one");
  renameSync(`${path}.new`, path);
  expect(isSameFile(before, markOf(path))).toBe(false);
});

test("an open file is known by its descriptor, and a link by what it leads to", () => {
  const path = fileWith("one");
  const file = openSync(path, "r");
  symlinkSync(path, `${path}.link`);
  expect(isSameFile(markOfOpen(file), markOf(`${path}.link`))).toBe(true);
  closeSync(file);
});

test("what is not there, or below a file, has no mark, and nothing is the same as that", () => {
  const path = fileWith("one");
  for (const nowhere of [`${path}.none`, join(path, "x"), join("/proc/1/root", "x")])
    expect(isSameFile(markOf(nowhere), markOf(nowhere))).toBe(false);
});

function fileWith(text: string): string {
  const folder = join(temporaryFolder(), "folder");
  mkdirSync(folder);
  const path = join(folder, "file");
  writeFileSync(path, text);
  return path;
}
