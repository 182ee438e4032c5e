import { expect, test } from "vitest";
import { findCommand } from "../../../../src/cli/settings/find-command.ts";
import { smallTree } from "../../../helpers/small-tree.ts";

const found = (line: string) => {
  const { path, flags, rest, stray } = findCommand(smallTree, line === "" ? [] : line.split(" "));
  return [path.map(({ name }) => name), flags, rest, stray];
};

test.each([
  ["", [[], [], [], undefined]],
  ["shelf", [["shelf"], [], [], undefined]],
  ["shelf add", [["shelf", "add"], [], [], undefined]],
  ["shelf new left --size 2m", [["shelf", "add"], [], ["left", "--size", "2m"], undefined]],
  ["around add", [["around"], [], ["add"], undefined]],
])("words lead to a command as far as they are names: %j", (line, expected) => {
  expect(found(line)).toEqual(expected);
});

test.each([
  ["--json", [[], ["--json"], [], undefined]],
  ["--json shelf --db=x add -x", [["shelf", "add"], ["--json", "--db=x"], ["-x"], undefined]],
  ["--db shelf shelf add", [["shelf", "add"], ["--db", "shelf"], [], undefined]],
  ["--db", [[], ["--db"], [], undefined]],
  ["notes -n 3 burn old", [["notes", "burn"], ["-n", "3"], ["old"], undefined]],
  ["notes --short --limit=3", [["notes"], ["--short", "--limit=3"], [], undefined]],
])("flags of every command, and of those on the way, may stand between: %j", (line, expected) => {
  expect(found(line)).toEqual(expected);
});

test.each([
  ["--size 2m shelf add", [[], [], ["--size", "2m", "shelf", "add"], undefined]],
  ["shelf --size 2m add", [["shelf"], [], ["--size", "2m", "add"], undefined]],
  ["shelf -- add", [["shelf"], [], ["--", "add"], undefined]],
])("others end the way: %j", (line, expected) => {
  expect(found(line)).toEqual(expected);
});

test.each([
  ["shlf --json", [[], [], ["shlf", "--json"], "shlf"]],
  ["shelf --json ad left", [["shelf"], ["--json"], ["ad", "left"], "ad"]],
  ["notes brun", [["notes"], [], ["brun"], "brun"]],
  ["marks cler", [["marks"], [], ["cler"], undefined]],
])("a word that is no name is astray, but where the command takes words: %j", (line, expected) => {
  expect(found(line)).toEqual(expected);
});

test("an empty word is a word", () => {
  expect(findCommand(smallTree, [""]).stray).toBe("");
});
