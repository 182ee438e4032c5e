import fc from "fast-check";
import { expect, test } from "vitest";
import { pythonFloat } from "../../../../../src/core/schemes/explain/python-float.ts";

test.each([
  [0, "0.0"],
  [-0, "-0.0"],
  [1, "1.0"],
  [12.5, "12.5"],
  [100_000, "100000.0"],
  [1e15, "1000000000000000.0"],
  [1e16, "1e+16"],
  [123_456_789_012_345_680, "1.2345678901234568e+17"],
  [0.0001, "0.0001"],
  [0.000_123_45, "0.00012345"],
  [0.000_01, "1e-05"],
  [-2.5e-7, "-2.5e-07"],
  [5e-324, "5e-324"],
  [1e100, "1e+100"],
  [Number.POSITIVE_INFINITY, "Infinity"],
])("%d is %s", (value, written) => {
  expect(pythonFloat(value)).toBe(written);
});

test("what is written means the same number", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(Number(pythonFloat(value))).toBe(value);
      expect(pythonFloat(value)).toMatch(/^-?\d+(?:\.\d+(?:e[+-]\d\d+)?|e[+-]\d\d+)$/);
    }),
  );
});
