import fc from "fast-check";
import { expect, test } from "vitest";
import { overweight } from "../../../../src/io/capture/overweight.ts";

const self = (bytes: number): number => bytes;

test("nobody has to go while all together stay within the limit", () => {
  expect(overweight([50, 0, 50], self, 100)).toEqual([]);
});

test("the largest go first, and no more of them than it takes", () => {
  expect(overweight([10, 80, 0, 30, 60], self, 100)).toEqual([80]);
  expect(overweight([10, 80, 0, 30, 60], self, 45)).toEqual([80, 60]);
});

test("of equal ones the first goes first", () => {
  const holders = ["a", "b", "c"];
  expect(overweight(holders, () => 10, 20)).toEqual(["a"]);
});

test("what stays is within the limit, whatever they hold, and none that holds nothing goes", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1000)), fc.nat(5000), (holders, limit) => {
      const leaving = overweight(holders, self, limit);
      const sum = (all: readonly number[]): number => all.reduce((total, bytes) => total + bytes, 0);
      expect(sum(holders) - sum(leaving)).toBeLessThanOrEqual(Math.max(limit, 0));
      expect(leaving).not.toContain(0);
    }),
  );
});
