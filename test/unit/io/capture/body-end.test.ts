import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BodyEnd, ChunksEnd, LengthEnd } from "../../../../src/io/capture/body-end.ts";

const bytes = (text: string): Buffer => Buffer.from(text, "latin1");

describe("the end of a body with a length", () => {
  test.each([
    ["in one piece", ["body"], 4],
    ["in several pieces", ["b", "od", "y"], 4],
    ["with something behind it", ["bo", "dy and more"], 4],
    ["not there yet", ["bo", "d"], undefined],
  ])("%s", (_what, pieces, end) => {
    expect(endIn(new LengthEnd(4), pieces)).toBe(end);
  });
});

describe("the end of a body in chunks", () => {
  test.each([
    ["without any chunk", "0\r\n\r\n"],
    ["with chunks", "4\r\nwiki\r\n5\r\npedia\r\n0\r\n\r\n"],
    ["with line ends in a chunk", "8\r\n0\r\n\r\n\r\n\r\r\n0\r\n\r\n"],
    [
      "with sizes in hexadecimal digits, zeros before them",
      "00A\r\n0123456789\r\n1b\r\n0123456789abcdef0123456789a\r\n000\r\n\r\n",
    ],
    ["with extensions, also such as look like sizes", "1;a=b;f\r\nx\r\n2 ;f\r\nxy\r\n0;fff\r\n\r\n"],
    ["with trailers, also such as look like sizes", "1\r\nx\r\n0\r\nX-Sum: 42\r\nfff: f\r\n\r\n"],
  ])("%s", (_what, body) => {
    expect(endIn(new ChunksEnd(), [`${body}GET /`])).toBe(body.length);
    expect(endIn(new ChunksEnd(), body.split(""))).toBe(body.length);
    for (let cut = 1; cut < body.length; cut += 1) {
      expect(endIn(new ChunksEnd(), [body.slice(0, cut), `${body.slice(cut)}junk`])).toBe(body.length);
      expect(endIn(new ChunksEnd(), [body.slice(0, cut)])).toBeUndefined();
    }
  });

  test("is found in any chunks, however they are cut", () => {
    const chunk = fc.string({ unit: fc.constantFrom("a", "\r\n", "0", "f"), minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.array(chunk), fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), (chunks, cuts) => {
        const body = `${chunks.map((text) => `${text.length.toString(16)}\r\n${text}\r\n`).join("")}0\r\n\r\n`;
        const pieces = [];
        for (let at = 0, cut = 0; at < body.length; cut += 1) {
          const length = cuts[cut % cuts.length] ?? 1;
          pieces.push(body.slice(at, at + length));
          at += length;
        }
        expect(endIn(new ChunksEnd(), pieces)).toBe(body.length);
      }),
    );
  });

  test("any bytes are looked at once, and no size keeps it busy", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (any) => {
        const end = new ChunksEnd().find(any);
        expect(end === undefined || (end > 0 && end <= any.length)).toBe(true);
      }),
    );
    expect(endIn(new ChunksEnd(), [`${"f".repeat(400)}\r\nabc`, "-6\r\n", "0\r\n\r\n"])).toBeUndefined();
  });
});

describe("bytes that nobody has looked at", () => {
  test("pass as long as they belong to a body with a length, to its very end", () => {
    const end = new LengthEnd(10);
    expect([end.passes(4), end.passes(7), end.isOver]).toEqual([true, false, false]);
    expect([end.passes(6), end.isOver]).toEqual([true, true]);
    expect(endIn(end, ["more"])).toBe(0);
  });

  test("pass as long as they belong to a chunk and its line end", () => {
    const end = new ChunksEnd();
    expect(endIn(end, ["a\r\n"])).toBeUndefined();
    expect([end.passes(4), end.passes(9), end.passes(8), end.passes(1), end.isOver]).toEqual([
      true,
      false,
      true,
      false,
      false,
    ]);
    expect(endIn(end, ["0\r\n\r\nmore"])).toBe(5);
  });
});

/** Index behind the body in all the pieces together. */
function endIn(end: BodyEnd, pieces: readonly string[]): number | undefined {
  let before = 0;
  for (const piece of pieces) {
    const found = end.find(bytes(piece));
    if (found !== undefined) return before + found;
    before += piece.length;
  }
  return undefined;
}
