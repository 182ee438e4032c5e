import fc from "fast-check";
import { expect, test } from "vitest";
import { withoutBlanks } from "../../../../src/core/model/blanks.ts";

test.each([
  ["", ""],
  [" \t ", ""],
  ["a", "a"],
  [" \t a \t b\t ", "a \t b"],
  ["\u00a0a\r\n", "\u00a0a\r\n"],
])("%j without the blanks at its ends is %j", (text, inner) => {
  expect(withoutBlanks(text)).toBe(inner);
});

test("it is what an expression would leave", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(" ", "\t", "a", "\n"), maxLength: 12 }), (text) => {
      expect(withoutBlanks(text)).toBe(text.replaceAll(/^[ \t]+/g, "").replaceAll(/(?<![ \t])[ \t]+$/g, ""));
    }),
  );
});

test("a long run inside takes no time", () => {
  const long = `a${" ".repeat(1_000_000)}b`;
  expect(withoutBlanks(` ${long} `)).toBe(long);
});
