import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  headerFields,
  headerValue,
  headerValues,
  toWire,
  wireText,
  withoutBlanks,
} from "../../../../src/core/model/headers.ts";
import { latin1Text } from "../../../helpers/hostile-text.ts";

const fields = fc.array(fc.tuple(latin1Text, latin1Text));

test("fields are visited in wire order, repeats and letter case kept", () => {
  fc.assert(
    fc.property(fields, (pairs) => {
      expect([...headerFields(pairs.flat())]).toEqual(pairs);
    }),
  );
});

test("a name without a value is no field", () => {
  expect([...headerFields(["a", "1", "b"])]).toEqual([["a", "1"]]);
});

test("all values of a name are found in order, in whatever letter case it was sent", () => {
  const pairs = ["X-A", "1", "x-b", "2", "x-a", "3", "X-a", ""];
  expect(headerValues(pairs, "X-A")).toEqual(["1", "3", ""]);
  expect(headerValues(pairs, "x-A")).toEqual(["1", "3", ""]);
  expect(headerValues(pairs, "x-")).toEqual([]);
});

test("one value is the first one, and an empty one is not an absent one", () => {
  expect(headerValue(["a", "", "A", "2"], "A")).toBe("");
  expect(headerValue(["a", "1"], "b")).toBeUndefined();
});

test("a text is its UTF-8 bytes, one character each", () => {
  expect(toWire("a é 成")).toBe("a \xc3\xa9 \xe6\x88\x90");
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(toWire(text)).toBe(wireText(Buffer.from(text)));
    }),
  );
});

test("bytes are one character each, also those of a part of a buffer", () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (before, bytes) => {
      const part = new Uint8Array([...before, ...bytes]).subarray(before.length);
      expect(Array.from(wireText(part), (character) => character.charCodeAt(0))).toEqual([...bytes]);
    }),
  );
});

test("a text in a header is its UTF-8, one character a byte", () => {
  expect(toWire("evt_1 ~")).toBe("evt_1 ~");
  expect(toWire("é")).toBe("Ã©");
  expect(Buffer.from(toWire("✓"), "latin1").toString()).toBe("✓");
});

describe("a text without the blanks at its ends", () => {
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
});
