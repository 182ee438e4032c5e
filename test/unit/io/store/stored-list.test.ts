import { expect, test } from "vitest";
import { storedList } from "../../../../src/io/store/stored-list.ts";

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
