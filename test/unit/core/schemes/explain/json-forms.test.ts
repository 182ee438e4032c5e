import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type JsonForm, JsonForms } from "../../../../../src/core/schemes/explain/json-forms.ts";
import { testWithTool } from "../../../../helpers/tools.ts";

const COMPACT: JsonForm = { colon: ":", comma: ",", numbers: "javascript" };

test("JavaScript's forms are those of JSON.stringify, whatever the value", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, 2, 4), (value, indent) => {
      const text = JSON.stringify(value, null, 3);
      const spaced: JsonForm = { colon: ": ", comma: ",", indent: " ".repeat(indent ?? 0), numbers: "javascript" };
      const form = indent === undefined ? COMPACT : spaced;
      expect(JsonForms.read(text)?.write(form)).toBe(JSON.stringify(JSON.parse(text), null, indent));
    }),
  );
});

testWithTool("python3", "Python's forms are those of json.dumps", () => {
  const values = fc.sample(fc.jsonValue(), { numRuns: 300, seed: 7 }).map((value) => JSON.stringify(value));
  const program = `import json, sys
for line in sys.stdin:
    value = json.loads(line)
    for kw in ({}, {"ensure_ascii": False}, {"separators": (",", ":"), "sort_keys": True}, {"indent": 2}):
        print(json.dumps(json.dumps(value, **kw)))`;
  const printed = execFileSync("python3", ["-c", program], { input: values.join("\n"), encoding: "utf8" });
  const forms: readonly JsonForm[] = [
    { colon: ": ", comma: ", ", isAscii: true, numbers: "python" },
    { colon: ": ", comma: ", ", numbers: "python" },
    { colon: ":", comma: ",", isAscii: true, isSorted: true, numbers: "python" },
    { colon: ": ", comma: ",", indent: "  ", isAscii: true, numbers: "python" },
  ];
  const expected = printed
    .trim()
    .split("\n")
    .map((line) => String(JSON.parse(line)));
  expect(values.flatMap((text) => forms.map((form) => JsonForms.read(text)?.write(form)))).toEqual(expected);
});

describe("what programs do with a document", () => {
  test("numbers can stay as they were written", () => {
    const text = '{ "a": 1.50, "big": 12345678901234567890, "e": 1E3 }';
    const kept = JsonForms.read(text)?.write({ ...COMPACT, numbers: "kept" });
    expect(kept).toBe('{"a":1.50,"big":12345678901234567890,"e":1E3}');
    expect(JsonForms.read(text)?.write({ ...COMPACT, numbers: "python" })).toBe(
      '{"a":1.5,"big":12345678901234567890,"e":1000.0}',
    );
  });

  test("of fields of one name the place of the first and the value of the last stay", () => {
    const text = '{"a":1,"b":2,"a":3}';
    expect(JsonForms.read(text)?.write(COMPACT)).toBe(JSON.stringify(JSON.parse(text)));
  });

  test("names are sorted by code point", () => {
    expect(JsonForms.read('{"b":1,"B":2,"\u00e4":3,"a":{"z":1,"y":2}}')?.write({ ...COMPACT, isSorted: true })).toBe(
      '{"B":2,"a":{"y":2,"z":1},"b":1,"\u00e4":3}',
    );
  });
});

test("no JSON, and what is nested without end, has no form", () => {
  expect(JsonForms.read('{"a":}')).toBeUndefined();
  expect(JsonForms.read("[".repeat(100_000))).toBeUndefined();
  expect(JsonForms.read("[".repeat(5000) + "]".repeat(5000))).toBeUndefined();
});
