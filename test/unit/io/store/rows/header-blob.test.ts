import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeHeaders, encodeHeaders } from "../../../../../src/io/store/rows/header-blob.ts";

test("headers read as they came, in any SQLite shell", () => {
  const blob = encodeHeaders(["Host", "a", "X-Twice", "1", "x-twice", "2"]);
  expect(blob.toString("latin1")).toBe("Host: a\r\nX-Twice: 1\r\nx-twice: 2\r\n");
});

test("whatever headers HTTP allows come back as they were: order, case, repeats, empty values and every byte", () => {
  const name = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,20}$/);
  // Every byte that Node's parser lets through: all but CR, LF and NUL.
  const byte = fc.integer({ min: 1, max: 255 }).filter((code) => code !== 10 && code !== 13);
  const value = fc.array(byte, { maxLength: 40 }).map((codes) => String.fromCharCode(...codes));
  fc.assert(
    fc.property(fc.array(fc.tuple(name, value)), (fields) => {
      const pairs = fields.flat();
      expect(decodeHeaders(encodeHeaders(pairs))).toEqual(pairs);
    }),
  );
});

test("no headers are an empty blob", () => {
  expect(encodeHeaders([])).toHaveLength(0);
  expect(decodeHeaders(new Uint8Array(0))).toEqual([]);
});
