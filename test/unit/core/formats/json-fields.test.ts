import { expect, test } from "vitest";
import {
  asAmount,
  asCount,
  asList,
  asObject,
  asOptional,
  asText,
  asTimeMs,
  asWholeNumber,
  asWireText,
  parseJson,
} from "../../../../src/core/formats/json-fields.ts";

test.each([
  [() => parseJson("{", "line 1"), "it is not JSON"],
  [() => parseJson(undefined, "line 1"), "it is not UTF-8"],
  [() => asObject([], "log", "line 1"), "log is not an object"],
  [() => asObject(null, "log", "line 1"), "log is not an object"],
  [() => asList({}, "log", "line 1"), "log is not a list"],
  [() => asText(1, "log", "line 1"), "log is not text"],
  [() => asAmount(-1, "log", "line 1"), "log is not a number from 0"],
  [() => asAmount(Number.NaN, "log", "line 1"), "log is not a number from 0"],
  [() => asWholeNumber(1.5, "log", "line 1"), "log is not a whole number"],
  [() => asWholeNumber(2 ** 53, "log", "line 1"), "log is not a whole number"],
  [() => asCount(0, "log", "line 1"), "log is not a number from 1"],
  [() => asTimeMs("yesterday", "log", "line 1"), "log is not a time"],
  [() => asTimeMs(7, "log", "line 1"), "log is not a time"],
])("%s says where and what", (read, problem) => {
  expect(read).toThrow(`cannot import line 1: ${problem}`);
});

test("what is as it should be is given back", () => {
  expect(parseJson("[1]", "line 1")).toEqual([1]);
  expect(asAmount(0, "n", "line 1")).toBe(0);
  expect([asWholeNumber(0, "n", "line 1"), asCount(1, "n", "line 1")]).toEqual([0, 1]);
  expect(asTimeMs("1970-01-01T00:00:01.5Z", "t", "line 1")).toBe(1500);
  expect(asOptional(null, asText, "t", "line 1")).toBeUndefined();
  expect(asOptional("a", asText, "t", "line 1")).toBe("a");
});

test.each([
  ["a\u00ff", "a\u00ff"],
  ["é→", "\u00c3\u00a9\u00e2\u0086\u0092"],
])("%j is %j on the wire", (text, wire) => {
  expect(asWireText(text, "t", "line 1")).toBe(wire);
});
