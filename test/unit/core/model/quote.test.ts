import fc from "fast-check";
import { expect, test } from "vitest";
import { quoted, unescaped } from "../../../../src/core/model/quote.ts";
import { hostileText } from "../../../helpers/hostile-text.ts";

test.each([
  ["a b", '"a b"'],
  ['say "hi"', String.raw`"say \"hi\""`],
  [String.raw`C:\new`, String.raw`"C:\\new"`],
])("%s is written %s", (text, written) => {
  expect(quoted(text)).toBe(written);
});

test("a backslash before anything but a quote or a backslash stands for itself", () => {
  expect(unescaped(String.raw`a\nb\"c\\d`)).toBe(String.raw`a\nb"c\d`);
});

test("what is quoted comes back as it was", () => {
  fc.assert(
    fc.property(fc.oneof(hostileText, fc.string({ unit: fc.constantFrom("\\", '"', "a") })), (text) => {
      expect(unescaped(quoted(text).slice(1, -1))).toBe(text);
    }),
  );
});
