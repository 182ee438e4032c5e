import { expect, test } from "vitest";
import { storedList, storedTime, storedWord } from "../../../../../src/io/store/rows/stored-values.ts";

const isNumber = (item: unknown): item is number => typeof item === "number";

test.each([
  ["[1,2]", [1, 2]],
  ["[]", []],
  ['[1,"2",null,[3],{}]', [1]],
  ["\0\0", []],
  ["", []],
  ["null", []],
  ['{"length":1,"0":1}', []],
  ["[1", []],
])("%j is read as a list", (text, list) => {
  expect(storedList(text, isNumber)).toEqual(list);
});

test.each([
  [null, undefined],
  [0, 0],
  [1_700_000_000_000, 1_700_000_000_000],
  [2 ** 53, 8.64e15],
  [-(2 ** 53), -8.64e15],
])("%d is read as the moment %d", (atMs, moment) => {
  expect(storedTime(atMs)).toBe(moment);
});

test("a word that is none of those that are known becomes the one that stands for any", () => {
  expect(["b", "x", "", "toString"].map((text) => storedWord(text, ["a", "b"], "a"))).toEqual(["b", "a", "a", "a"]);
});
