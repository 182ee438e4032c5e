import { expect, test } from "vitest";
import { attributeName, commonFlags, camelCase } from "../../../../src/cli/flags/flag.ts";

test.each([
  ["--port <number>", "port"],
  ["-p, --max-body <size>", "maxBody"],
  ["--no-config", "config"],
  ["--secret [value]", "secret"],
])("the value of %s is kept as %s", (flags, name) => {
  expect(attributeName({ flags })).toBe(name);
});

test("flags of every command are kept under names of their own", () => {
  expect(commonFlags.map(attributeName)).toEqual(["db", "config", "config", "json", "color"]);
});

test.each([
  ["port", "port"],
  ["max-body", "maxBody"],
  ["as-it-is", "asItIs"],
])("%s is kept as %s", (name, kept) => {
  expect(camelCase(name)).toBe(kept);
});
