import { expect, test } from "vitest";
import { endOf, splitItems } from "../../../../src/core/faults/split-items.ts";

test("items stand between commas, without the spaces around them", () => {
  expect(splitItems(" a, b ,")).toEqual([
    { written: "a", from: 1, to: 2 },
    { written: "b", from: 4, to: 5 },
    { written: "", from: 7, to: 7 },
  ]);
});

test("a comma between quotes belongs to the item, unless the quote is never closed", () => {
  expect(splitItems(String.raw`a:"b,\",c",d`).map(({ written }) => written)).toEqual([String.raw`a:"b,\",c"`, "d"]);
  expect(splitItems('a"b,c').map(({ written }) => written)).toEqual(['a"b', "c"]);
});

test("a pattern that does not match where it should ends where it begins", () => {
  expect([endOf(/b+/y, "abbc", 1), endOf(/b+/y, "abbc", 0)]).toEqual([3, 0]);
});
