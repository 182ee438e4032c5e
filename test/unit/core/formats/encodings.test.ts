import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  formEncoded,
  fromBase64,
  joinBytes,
  jsonText,
  percentEncoded,
  sameBytes,
  toBase64,
  utf8Bytes,
  utf8Text,
  wireBytes,
  wireText,
} from "../../../../src/core/formats/encodings.ts";
import { MASK } from "../../../../src/core/model/redact.ts";
import { hostileText } from "../../../helpers/hostile-text.ts";

test("bytes survive wire text and base64, and both are what Node makes of them", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 20_000 }), (bytes) => {
      expect(wireText(bytes)).toBe(Buffer.from(bytes).toString("latin1"));
      expect(wireBytes(wireText(bytes))).toEqual(bytes);
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
      expect(fromBase64(toBase64(bytes))).toEqual(bytes);
    }),
    { numRuns: 30 },
  );
});

test("bytes that are text survive as text, and others are no text", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const text = utf8Text(bytes);
      if (text === undefined) expect(Buffer.from(bytes).toString("utf8")).toContain("\ufffd");
      else expect(utf8Bytes(text)).toEqual(bytes);
    }),
  );
  expect(utf8Text(utf8Bytes("\ufeffa"))).toBe("\ufeffa");
});

describe("wire text with a mask", () => {
  test.each([
    ["the mask alone", `a${MASK}b`, `a${MASK}b`],
    ["UTF-8 beside it", `\u00c3\u00a9${MASK}`, `é${MASK}`],
  ])("becomes UTF-8 there and nowhere else: %s", (_, wire, text) => {
    expect(Buffer.from(wireBytes(wire)).toString()).toBe(text);
  });

  test("keeps a byte beside it that is no UTF-8", () => {
    expect(wireBytes(`\u00ff${MASK}`)).toEqual(new Uint8Array([0xff, ...Buffer.from(MASK)]));
  });
});

test.each([
  ["AP8", [0, 255]],
  ["AP8=", [0, 255]],
  ["A P\n8=", [0, 255]],
  ["-_-_", [251, 255, 191]],
  ["A", undefined],
  ["é", undefined],
])("base64 %j is %j", (text, bytes) => {
  expect(fromBase64(text)).toEqual(bytes && new Uint8Array(bytes));
});

test("pieces are joined in order, and only equal bytes are the same", () => {
  const joined = joinBytes([new Uint8Array([1]), new Uint8Array(0), new Uint8Array([2, 3])]);
  expect(joined).toEqual(new Uint8Array([1, 2, 3]));
  expect(sameBytes(joined, new Uint8Array([1, 2, 3]))).toBe(true);
  expect(sameBytes(joined, new Uint8Array([1, 2]))).toBe(false);
  expect(sameBytes(joined, new Uint8Array([1, 2, 4]))).toBe(false);
});

test("bytes beyond printable ASCII are escaped, and what is escaped stays", () => {
  expect(percentEncoded("/a%20b?\u00ff \u007f'\u00e9")).toBe("/a%20b?%ff%20%7f'%e9");
});

test("all but unreserved characters are escaped, byte for byte", () => {
  expect(formEncoded("aZ09-._~ /+%\u00ff\n")).toBe("aZ09-._~+%2F%2B%25%FF%0A");
});

test("any text survives, on one line that no terminal obeys, and is JavaScript", () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const json = jsonText({ text });
      expect(JSON.parse(json)).toEqual({ text });
      expect(json).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Surrogate}]/u);
    }),
  );
});
