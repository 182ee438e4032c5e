import fc from "fast-check";
import { expect, test } from "vitest";
import { matchesGlob } from "../../../../src/core/model/glob.ts";

test.each([
  ["", "", true],
  ["", "a", false],
  ["*", "", true],
  ["*", "any/thing", true],
  ["/hooks", "/hooks", true],
  ["/hooks", "/hooks/", false],
  ["/hooks", "/Hooks", false],
  ["/hooks*", "/hooks/stripe", true],
  ["*.paid", "invoice.paid", true],
  ["*.paid", "invoice.paid.late", false],
  ["a*b*c", "a-b-b-c", true],
  ["a*b*c", "a-c-b", false],
  ["**", "x", true],
  ["a.c", "abc", false],
  ["*aab", "aaaaab", true],
])("%j fits %j: %j", (glob, text, fits) => {
  expect(matchesGlob(glob, text)).toBe(fits);
});

test("agrees with a regular expression, whatever is written", () => {
  const piece = fc.constantFrom("a", "b", "*", "/", ".", "\n");
  const word = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(word, word, (glob, text) => {
      const pattern = glob.replaceAll(".", "\\.").replaceAll(/\*+/g, "[^]*");
      expect(matchesGlob(glob, text)).toBe(new RegExp(`^${pattern}$`).test(text));
    }),
  );
});

test("takes no ages over a pattern that makes a regular expression do so", () => {
  expect(matchesGlob("*a".repeat(50), `${"a".repeat(5000)}b`)).toBe(false);
});
