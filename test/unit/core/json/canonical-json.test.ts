import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "../../../../src/core/json/canonical-json.ts";

test("fields are sorted, lists keep their order, and each value stands on a line of its own", () => {
  expect(canonicalJson('{"b":[2,1,{}],"a":{"y":null,"x":[]},"c":"\\u0041"}')?.split("\n")).toEqual([
    "{",
    '  "a": {',
    '    "x": [],',
    '    "y": null',
    "  },",
    '  "b": [',
    "    2,",
    "    1,",
    "    {}",
    "  ],",
    '  "c": "A"',
    "}",
  ]);
});

test("numbers stay as they were written, because a program would round the long ones", () => {
  expect(canonicalJson("[12345678901234567890, 1.0,\n1e2]")).toBe("[\n  12345678901234567890,\n  1.0,\n  1e2\n]");
  expect(canonicalJson(` ${"9".repeat(5000)} `)).toBe("9".repeat(5000));
});

test("repeated fields are all there, in their order", () => {
  expect(canonicalJson('{"a":2,"A":0,"a":1}')).toBe('{\n  "A": 0,\n  "a": 2,\n  "a": 1\n}');
});

describe("whatever the document", () => {
  const spaced = fc.constantFrom(undefined, 1, 3, "\t");

  test("its formatting makes no difference, and its meaning stays", () => {
    fc.assert(
      fc.property(fc.jsonValue(), spaced, (value, space) => {
        const canonical = canonicalJson(JSON.stringify(value)) ?? "";
        expect(canonicalJson(JSON.stringify(value, undefined, space))).toBe(canonical);
        expect(JSON.parse(canonical)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(canonical)).toBe(canonical);
      }),
    );
  });

  test("text that is no JSON is left alone", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        expect(canonicalJson(text) !== undefined).toBe(isJson);
      }),
    );
  });
});

test("a document nested without end is left alone too", () => {
  const nested = (levels: number): string => `${"[".repeat(levels)}${"]".repeat(levels)}`;
  expect(canonicalJson(nested(200))).toBeDefined();
  expect(canonicalJson(nested(500_000))).toBeUndefined();
});
