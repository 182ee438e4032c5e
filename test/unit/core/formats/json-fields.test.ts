import { expect, test } from "vitest";
import {
  asAmount,
  asBytes,
  asStatus,
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

test("half of a character has no bytes, and what no HTTP has is no status", () => {
  expect(() => asBytes("a\ud800", "log", "line 1")).toThrow("cannot import line 1: log holds half of a character");
  expect(Buffer.from(asBytes("é", "log", "line 1")).toString()).toBe("é");
  for (const status of [1e99, 404.5, 99, 1000, -1, 0, Infinity])
    expect(() => asStatus(status, "log", "line 1")).toThrow("cannot import line 1: log is no status of HTTP");
  expect([asStatus(100, "log", "line 1"), asStatus(999, "log", "line 1"), asStatus(0, "log", "line 1", [0])]).toEqual([
    100, 999, 0,
  ]);
  for (const time of [
    "-1",
    "1",
    "+275760-09-13T00:00:00Z",
    "-000001-01-01T00:00:00Z",
    "1969-12-31T23:59:59Z",
    "march 7",
  ])
    expect(() => asTimeMs(time, "log", "line 1")).toThrow("log is not a time");
  expect(asTimeMs("2026-03-04T05:06:07.0891234+02:00", "log", "line 1")).toBe(Date.UTC(2026, 2, 4, 3, 6, 7, 89));
  expect(() => asAmount(Infinity, "log", "line 1")).toThrow("log is too great a number");
});
