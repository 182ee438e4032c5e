import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { badFilter, splitTerms } from "../../../../src/core/filter/split-terms.ts";
import { HookcliError } from "../../../../src/core/model/errors.ts";
import { hostileText, nastyStrings } from "../../../helpers/hostile-text.ts";

describe("the error of a term", () => {
  test("names the term, counts characters from 1, and gives the piece to underline", () => {
    const error = badFilter({ written: "is:god", from: 4, to: 10, at: 7 }, "there is no such state", "Try is:ok");
    expect(error.message).toBe("cannot use is:god in a filter, at character 8: there is no such state");
    expect(error).toMatchObject({ code: "BAD_FILTER", category: "usage", hint: "Try is:ok" });
    expect(error.details).toMatchObject({ at: 8, from: 4, to: 10 });
  });

  test("shows only the beginning of a long term", () => {
    const error = badFilter({ written: "x".repeat(3000), from: 0, to: 3000, at: 0 }, "why", "what to do");
    expect(error.message).toBe(`cannot use ${"x".repeat(60)}… in a filter, at character 1: why`);
  });
});

describe("terms", () => {
  test.each<[string, readonly string[]]>([
    ["", []],
    [" \t\n ", []],
    ["a  b\tc", ["a", "b", "c"]],
    [" a:b ", ["a:b"]],
    ['"a b" c', ['"a b"', "c"]],
    ['path:"/a b" c', ['path:"/a b"', "c"]],
    ['-path:"/a b"', ['-path:"/a b"']],
    ['header:x="a b" c', ['header:x="a b"', "c"]],
    ['{"a": 1}', ['{"a":', "1}"]],
    ['a"b c"d', ['a"b', 'c"d']],
    [String.raw`"a \" b" c`, [String.raw`"a \" b"`, "c"]],
    ["--x", ["--x"]],
  ])("of %j are %j", (text, written) => {
    expect(splitTerms(text).map((term) => term.written)).toEqual(written);
  });

  test("know where they and their parts stand", () => {
    expect(splitTerms('a -path:"/a b"')).toEqual([
      {
        written: "a",
        from: 0,
        to: 1,
        isNegated: false,
        key: undefined,
        keyAt: 0,
        value: "a",
        valueAt: 0,
        text: "a",
      },
      {
        written: '-path:"/a b"',
        from: 2,
        to: 14,
        isNegated: true,
        key: "path",
        keyAt: 3,
        value: "/a b",
        valueAt: 8,
        text: 'path:"/a b"',
      },
    ]);
  });

  test("hold what stood between quotes", () => {
    expect(splitTerms(String.raw`"a \"b\" \\ \n" x-y:z`).map(({ key, value }) => ({ key, value }))).toEqual([
      { key: undefined, value: String.raw`a "b" \ \n` },
      { key: undefined, value: "x-y:z" },
    ]);
  });

  test("lie where they say, in order, with nothing but white space between, or BAD_FILTER says where it fails", () => {
    const text = fc.oneof(hostileText, fc.string({ unit: fc.constantFrom(...'ab:-"\\= \t'.split("")) }));
    fc.assert(fc.property(text, liesWhereItSays), { examples: nastyStrings.map((nasty): [string] => [nasty]) });
  });
});

test.each<[string, number, string]>([
  ["a -", 3, "nothing stands behind the minus"],
  ["- a", 1, "nothing stands behind the minus"],
  ['a "b', 3, "this quote is never closed"],
  [String.raw`"a\"`, 1, "this quote is never closed"],
  ['path:"/a', 6, "this quote is never closed"],
  ['""', 1, "nothing stands between the quotes"],
  ['path:""', 6, "nothing stands between the quotes"],
  ['"a"b c', 4, "something follows right behind the closing quote"],
])("%s fails at character %i: %s", (text, at, problem) => {
  expect(() => splitTerms(text)).toThrow(
    expect.objectContaining({
      code: "BAD_FILTER",
      details: expect.objectContaining({ at, problem }) as object,
    }) as Error,
  );
});

test("a long quote that is never closed fails at once", () => {
  expect(() => splitTerms(`"${"a".repeat(100_000)}`)).toThrow("this quote is never closed");
});

function liesWhereItSays(text: string): void {
  try {
    let rest = text;
    for (const { written, from, to } of splitTerms(text).toReversed()) {
      expect(text.slice(from, to)).toBe(written);
      expect(rest.slice(to).trim()).toBe("");
      rest = text.slice(0, from);
    }
    expect(rest.trim()).toBe("");
  } catch (error) {
    if (!(error instanceof HookcliError)) throw error;
    const { at, from, to } = error.details;
    expect(Number(from)).toBeLessThanOrEqual(Number(at) - 1);
    expect(Number(at) - 1).toBeLessThanOrEqual(Number(to));
    expect(Number(to)).toBeLessThanOrEqual(text.length);
  }
}
