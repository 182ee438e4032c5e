import { expect, test } from "vitest";
import { readValue } from "../../../../src/core/faults/read-value.ts";

const read = (written: string, isField = false) =>
  readValue({ written, from: 10, to: 10 + written.length }, 2, isField);

test.each([
  ["a:b", "b", 3],
  ["a:20sx3", "20s", 5],
  ["a:b;c", "b;c", 5],
  ["a:b c", "b", 3],
  [String.raw`a:"b \"c\" \\"x2`, String.raw`b "c" \ `.trimEnd(), 14],
  ['a:""', "", 4],
  ["a:", "", 2],
])("%s holds %j", (written, text, to) => {
  expect(read(written)).toEqual({ text, from: 2, to });
});

test("of a field ends at a semicolon", () => {
  expect(read("a=b;c", true)).toEqual({ text: "b", from: 2, to: 3 });
});

test("that is not closed, or may end in a count, is refused where it stands", () => {
  expect(() => read('a:"b')).toThrow("at character 13: this quote is never closed");
  expect(() => read("a:fox2")).toThrow("at character 15: x2 may belong to fox2 or say how often");
});
