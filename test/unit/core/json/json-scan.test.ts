import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { endOfValue, jsonChildren, jsonKindAt, skipBlank } from "../../../../src/core/json/json-scan.ts";

/** JSON as people and programs write it: tight, indented, with surplus blanks at both ends. */
const json = fc
  .tuple(fc.json({ stringUnit: "binary" }), fc.constantFrom(undefined, 2, "\t"), fc.constantFrom("", " \n", "\r\n\t"))
  .map(([text, indent, blank]) => blank + JSON.stringify(JSON.parse(text), undefined, indent) + blank);

test("a value ends where it ends, whatever it holds", () => {
  fc.assert(
    fc.property(json, (text) => {
      const from = skipBlank(text, 0);
      expect(JSON.parse(text.slice(from, endOfValue(text, from)))).toEqual(JSON.parse(text));
      expect(skipBlank(text, endOfValue(text, from))).toBe(text.length);
    }),
  );
});

test("the children of an object or list are its fields or elements, in order", () => {
  fc.assert(
    fc.property(json, (text) => {
      const from = skipBlank(text, 0);
      const value: unknown = JSON.parse(text);
      if (typeof value !== "object" || value === null) return;
      const children = [...jsonChildren(text, from)];
      const values = children.map((child) => JSON.parse(text.slice(child.from, child.to)) as unknown);
      if (Array.isArray(value)) expect(values).toEqual(value);
      else expect(Object.fromEntries(children.map(({ name }, at) => [name, values[at]]))).toEqual(value);
    }),
  );
});

test("repeated names are all there, and each says where it begins", () => {
  const text = '{ "a" : 1,\n"\\u0061":[2 , {"a":3}] }';
  const children = [...jsonChildren(text, 0)];
  expect(children.map(({ name, from, to }) => [name, text.slice(from, to)])).toEqual([
    ["a", "1"],
    ["a", '[2 , {"a":3}]'],
  ]);
  expect(children.map(({ nameFrom }) => text.slice(nameFrom, nameFrom + 3))).toEqual(['"a"', '"\\u']);
});

test("depth costs no stack", () => {
  const deep = "[".repeat(200_000) + "]".repeat(200_000);
  expect(endOfValue(deep, 0)).toBe(deep.length);
});

describe("what begins here", () => {
  test.each([
    ["{}", "object"],
    ["[]", "list"],
    ['""', "text"],
    ["-1", "number"],
    ["true", "true"],
    ["false", "false"],
    ["null", "null"],
  ])("%s is %s", (text, kind) => {
    expect(jsonKindAt(text, 0)).toBe(kind);
  });
});
