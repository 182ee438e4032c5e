import { expect, test } from "vitest";
import { badPlan, endOf, splitItems } from "../../../../src/core/faults/split-items.ts";

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

test("an item is shown as it stands, a long one in part, an empty one as nothing", () => {
  const of = (written: string) => badPlan({ written, from: 0, to: written.length, at: 0 }, "no", "do");
  expect(of("rset")).toMatchObject({
    code: "BAD_FAULT_PLAN",
    message: "cannot use rset in a fault plan, at character 1: no",
    hint: "do",
  });
  expect(of("a".repeat(61)).details["item"]).toBe(`${"a".repeat(60)}…`);
  expect(of("").details["item"]).toBe("nothing");
});
