import { expect, test } from "vitest";
import { ByteBudget } from "../../../../src/core/model/byte-budget.ts";

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
