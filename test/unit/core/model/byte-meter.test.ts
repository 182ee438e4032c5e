import { expect, test } from "vitest";
import { ByteBudget } from "../../../../src/core/model/byte-budget.ts";
import { ByteMeter } from "../../../../src/core/model/byte-meter.ts";

const MIB = 1024 * 1024;

test("a meter tells after each 8 MiB, however they come", () => {
  const meter = new ByteMeter();
  let steps = 0;
  meter.onStep = () => (steps += 1);
  for (let at = 0; at < 7; at += 1) meter.add(MIB);
  expect(steps).toBe(0);
  meter.add(MIB);
  expect(steps).toBe(1);
  meter.add(50 * MIB);
  expect(steps, "one look is enough for what came at once").toBe(2);
  meter.add(7 * MIB);
  expect(steps).toBe(2);
});

test("what a budget holds, and what only passes through it, is metered; what it gives back is not", () => {
  const meter = new ByteMeter();
  let steps = 0;
  meter.onStep = () => (steps += 1);
  const budget = new ByteBudget(MIB, meter);
  budget.take(4 * MIB);
  budget.give(4 * MIB);
  expect(steps).toBe(0);
  budget.pass(4 * MIB);
  expect([steps, budget.takenBytes]).toEqual([1, 0]);
});
