import { expect, test } from "vitest";
import { ByteBudget, ByteMeter } from "../../../../src/core/model/byte-budget.ts";

test("a budget is tight from half of it on, spent when all is taken, and neither when it is given back", () => {
  const budget = new ByteBudget(100);
  const state = () => [budget.isTight, budget.isSpent, budget.takenBytes];
  expect(state()).toEqual([false, false, 0]);
  budget.take(50);
  expect(state()).toEqual([true, false, 50]);
  budget.take(70);
  expect(state()).toEqual([true, true, 120]);
  budget.give(120);
  expect(state()).toEqual([false, false, 0]);
});

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
