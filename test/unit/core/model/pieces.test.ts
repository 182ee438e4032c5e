import fc from "fast-check";
import { expect, test } from "vitest";
import { Pieces } from "../../../../src/core/model/pieces.ts";

test("what comes out is what came in, in order, however it was cut and however often it was taken", () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 5 }),
    fc.uint8Array({ minLength: 1500, maxLength: 2600 }),
    fc.constant(undefined),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (steps) => {
      const pieces = new Pieces();
      const out: Uint8Array[] = [];
      let bytes = 0;
      for (const step of steps) {
        if (step) {
          pieces.add(step);
          bytes += step.length;
        } else {
          out.push(...pieces.take());
          bytes = 0;
        }
        expect(pieces.bytes).toBe(bytes);
      }
      out.push(...[pieces.takeWhole()].filter((rest) => rest !== undefined));
      const expected = Buffer.concat(steps.filter((step) => step !== undefined));
      expect(Buffer.concat(out).equals(expected)).toBe(true);
      expect(pieces.takeWhole()).toBeUndefined();
    }),
  );
});

test("many small pieces become few, in little more room than they need", () => {
  const pieces = new Pieces();
  for (let at = 0; at < 100_000; at += 1) pieces.add(Buffer.from("x"));
  const taken = pieces.take();
  expect(taken.length).toBeLessThan(30);
  const rooms = new Set(taken.map(({ buffer }) => buffer));
  expect([...rooms].reduce((sum, { byteLength }) => sum + byteLength, 0)).toBeLessThan(200_000);
});
