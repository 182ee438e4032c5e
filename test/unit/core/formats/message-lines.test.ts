import { expect, test } from "vitest";
import { lineAt, readFields } from "../../../../src/core/formats/message-lines.ts";

test("a line comes with its end", () => {
  expect([lineAt("a\r\nb", 0), lineAt("a\r\nb", 3), lineAt("", 0)]).toEqual(["a\r\n", "b", ""]);
});

test.each([
  ["A: b\r\nC:\td \r\n\r\nrest", ["A", "b", "C", "d"], "rest"],
  ["A:\n\nrest", ["A", ""], "rest"],
  ["A: b:c", ["A", "b:c"], ""],
  ["", [], ""],
])("%j", (text, fields, rest) => {
  const read = readFields(text, 0, "message 1");
  expect([read.fields, text.slice(read.end)]).toEqual([fields, rest]);
});

test.each(["A\n", " A: b\n", "A : b\n", ": b\n"])("%j is no header", (text) => {
  expect(() => readFields(text, 0, "message 1")).toThrow("is no header");
});

test("a long run of blanks in a value takes no time", () => {
  const value = `a${" ".repeat(1_000_000)}b`;
  expect(readFields(`A: ${value} \r\n`, 0, "message 1").fields).toEqual(["A", value]);
});
