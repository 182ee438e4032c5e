import fc from "fast-check";
import { expect, test } from "vitest";
import { cutToWidth, padToWidth, textWidth } from "../../../../src/cli/words/text-width.ts";

test.each([
  ["", 0],
  ["order.completed", 15],
  ["é", 1],
  ["e\u0301", 1],
  ["客户", 4],
  ["한글", 4],
  ["ｆｕｌｌ", 8],
  ["カナ", 4],
  ["ｶﾅ", 2],
  ["🚀", 2],
  ["→ …", 3],
])("%s takes %i places", (text, width) => {
  expect(textWidth(text)).toBe(width);
});

test("what is cut fits, and keeps whole characters from its beginning", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("a", "b", "客", "🚀", "é") }), fc.nat(20), (text, width) => {
      const cut = cutToWidth(text, width, true);
      expect(textWidth(cut)).toBeLessThanOrEqual(width);
      if (cut !== text) expect([text.startsWith(cut.slice(0, -1)), cut.isWellFormed()]).toEqual([true, true]);
    }),
  );
  expect(cutToWidth("abcdef", 4, true)).toBe("abc…");
  expect(cutToWidth("abcdef", 4, false)).toBe("abc~");
  expect(cutToWidth("abcdef", 6, true)).toBe("abcdef");
  expect(cutToWidth("客户客", 4, true)).toBe("客…");
});

test("what is filled up has the width that was asked for", () => {
  expect(padToWidth("客", 4)).toBe("客  ");
  expect(padToWidth("abcde", 4)).toBe("abcde");
});
