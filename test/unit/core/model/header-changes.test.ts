import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { headerChanges, isSame } from "../../../../src/core/model/header-changes.ts";

describe("changes of headers", () => {
  test("are fields that went, came, or have another value", () => {
    expect(headerChanges(["A", "1", "B", "2", "C", "3"], ["c", "4", "B", "2", "D", "5"])).toEqual([
      { name: "A", change: "removed", left: ["1"], right: [] },
      { name: "C", change: "changed", left: ["3"], right: ["4"] },
      { name: "D", change: "added", left: [], right: ["5"] },
    ]);
  });

  test("are none where only order and letter case differ; repeated values keep their order", () => {
    expect(headerChanges(["A", "1", "b", "2"], ["B", "2", "a", "1"])).toEqual([]);
    expect(headerChanges(["A", "1", "A", "2"], ["A", "2", "A", "1"])).toEqual([
      { name: "A", change: "changed", left: ["1", "2"], right: ["2", "1"] },
    ]);
  });

  test("are none between anything and itself, and the other way round they are the same fields", () => {
    const pairs = fc
      .array(fc.tuple(fc.constantFrom("a", "B", "c"), fc.constantFrom("1", "2")))
      .map((all) => all.flat());
    fc.assert(
      fc.property(pairs, pairs, (left, right) => {
        expect(headerChanges(left, left)).toEqual([]);
        const names = (changes: ReturnType<typeof headerChanges>) => changes.map(({ name }) => name).sort();
        expect(names(headerChanges(left, right))).toEqual(names(headerChanges(right, left)));
      }),
    );
  });
});

test("the same means letter for letter, in order", () => {
  expect(isSame(["a", "b"], ["a", "b"])).toBe(true);
  for (const other of [["b", "a"], ["a"], ["a", "b", "c"], ["A", "b"]]) expect(isSame(["a", "b"], other)).toBe(false);
});
