import { expect, test } from "vitest";
import { differenceOf } from "../../../../../src/core/schemes/explain/body-difference.ts";

test("the first byte that differs is named, with what is there in each", () => {
  const signed = Buffer.from('{"a":1}');
  expect(differenceOf(signed, Buffer.from('{"a": 1}'))).toEqual({
    signedBytes: 7,
    receivedBytes: 8,
    atByte: 5,
    signed: Buffer.from("1}"),
    received: Buffer.from(" 1}"),
  });
});

test("where one ends sooner, they part at its end", () => {
  expect(differenceOf(Buffer.from("ab"), Buffer.from("abc"))).toMatchObject({ atByte: 2, signed: Buffer.alloc(0) });
});

test("the same bytes do not differ", () => {
  expect(differenceOf(Buffer.from("ab"), new Uint8Array([97, 98]))).toBeUndefined();
});
