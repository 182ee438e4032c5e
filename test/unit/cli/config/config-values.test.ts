import { describe, expect, test } from "vitest";
import type { ConfigDocument } from "../../../../src/cli/config/config-document.ts";
import { entriesOf, listOf, rawValue } from "../../../../src/cli/config/config-values.ts";
import type { FileValue, RawFlag } from "../../../../src/cli/flags/flag.ts";

const document: ConfigDocument = {
  path: "x.json",
  content: undefined,
  placeOf: (steps) => `x.json:${steps.join("/")}`,
};

describe("the entries of an object", () => {
  test("are its names and values, but for what a module leaves undefined", () => {
    const value = { port: 1, host: undefined, verify: null, quiet: false };
    expect(entriesOf(value, ["listen"], document, "an object")).toEqual([
      ["port", 1],
      ["verify", null],
      ["quiet", false],
    ]);
  });

  test.each([8000, "text", null, undefined, true, [["a", 1]], () => 1])("are not to be had from %s", (value) => {
    expect(() => entriesOf(value, ["listen"], document, "an object with settings")).toThrow(
      expect.objectContaining({
        code: "BAD_CONFIG",
        message: expect.stringMatching(/^x\.json:listen: listen must be an object with settings, not /) as unknown,
      }) as Error,
    );
  });
});

describe("a value becomes what a flag would have given", () => {
  test.each<[FileValue, unknown, RawFlag]>([
    ["switch", true, true],
    ["switch", false, false],
    ["text", "a b", "a b"],
    ["text", "", ""],
    ["path", "./x", "./x"],
    ["number", 4400, "4400"],
    ["number", 0, "0"],
    ["scalar", "30s", "30s"],
    ["scalar", 0, "0"],
    ["option", true, true],
    ["option", false, false],
    ["option", 403, "403"],
    ["list", "a", ["a"]],
    ["list", 8000, ["8000"]],
    ["list", [8000, "b"], ["8000", "b"]],
    ["list", [], []],
  ])("%s %j", (holds, value, raw) => {
    expect(rawValue(holds, value)).toEqual(raw);
  });

  test.each<[FileValue, readonly unknown[]]>([
    ["switch", ["true", 1, null]],
    ["text", [1, true, null, ["a"]]],
    ["path", [1, {}]],
    ["number", ["4400", true, null]],
    ["scalar", [true, null, ["30s"]]],
    ["option", ["403", null, []]],
    ["list", [true, null, {}, ["a", true], [["a"]]]],
  ])("where it is of another kind it becomes nothing: %s %j", (holds, values) => {
    expect(values.map((value) => rawValue(holds, value))).toEqual(values.map(() => undefined));
  });
});

test("one text or several make a list, and one that is none spoils it", () => {
  expect([listOf("a"), listOf(7), listOf(["a", 7])]).toEqual([["a"], ["7"], ["a", "7"]]);
  expect([listOf(undefined), listOf(["a", undefined]), listOf({})]).toEqual([undefined, undefined, undefined]);
});
