import fc from "fast-check";
import { expect, test } from "vitest";
import { toWire, wireText } from "../../../../src/core/model/wire-text.ts";

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
