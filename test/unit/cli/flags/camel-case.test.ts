import { expect, test } from "vitest";
import { camelCase } from "../../../../src/cli/flags/camel-case.ts";

test.each([
  ["port", "port"],
  ["max-body", "maxBody"],
  ["as-it-is", "asItIs"],
])("%s is kept as %s", (name, kept) => {
  expect(camelCase(name)).toBe(kept);
});
