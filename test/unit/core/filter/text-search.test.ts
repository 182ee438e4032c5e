import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { holdsText, searchableBytes, startTextSearch } from "../../../../src/core/filter/text-search.ts";

test.each([
  ["order_55", "ORDER", true],
  ["Grüße aus Köln", "köln", true],
  ["Grüße aus Köln", "KÖLN", false],
  ["a\0b\0needle", "needle", true],
  ["日本語", "本", true],
  ["abc", "abcd", false],
  ["", "", true],
])("that %j holds %j is %s", (text, wanted, isHeld) => {
  expect(holdsText(Buffer.from(text), wanted)).toBe(isHeld);
});

test("bytes that are no text are compared as they are", () => {
  const bytes = Uint8Array.from([0xff, 0xfe, 0x41, 0x00, 0xc3]);
  expect(holdsText(bytes, "a\0")).toBe(true);
  expect(holdsText(bytes, "\u00c3")).toBe(false);
  expect([...searchableBytes(bytes)]).toEqual([0xff, 0xfe, 0x61, 0x00, 0xc3]);
  expect([...bytes]).toEqual([0xff, 0xfe, 0x41, 0x00, 0xc3]);
});

describe("a search through pieces", () => {
  test("finds what lies across them, and stays with it", () => {
    const search = startTextSearch("Needle");
    expect(["hay ne", "E", "", "dl", "e hay", "hay"].map((piece) => search.add(Buffer.from(piece)))).toEqual([
      false,
      false,
      false,
      false,
      true,
      true,
    ]);
  });

  test("finds the empty text at once", () => {
    expect(startTextSearch("").add(new Uint8Array(0))).toBe(true);
  });

  test("finds exactly what a search through the whole finds, however it is cut", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "B", "b", "é", "\0") });
    fc.assert(
      fc.property(fc.array(text), fc.string({ unit: fc.constantFrom("a", "b", "é"), maxLength: 5 }), (cut, wanted) => {
        const search = startTextSearch(wanted);
        const pieces = ["", ...cut].map((piece) => Buffer.from(piece));
        const found = pieces.map((piece) => search.add(piece)).at(-1);
        expect(found).toBe(holdsText(Buffer.concat(pieces), wanted));
      }),
    );
  });

  test("may be cut in the middle of a character", () => {
    const search = startTextSearch("é");
    expect([Uint8Array.of(0xc3), Uint8Array.of(0xa9)].map((piece) => search.add(piece))).toEqual([false, true]);
  });
});
