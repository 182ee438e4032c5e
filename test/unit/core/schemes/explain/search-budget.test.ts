import { expect, test } from "vitest";
import { SEARCH_LIMITS, SearchBudget } from "../../../../../src/core/schemes/explain/search-budget.ts";

test("so many checks are paid for, and not one more", () => {
  const budget = new SearchBudget({ mostChecks: 2, mostBytes: 100 });
  expect([budget.take(10), budget.take(10), budget.take(0)]).toEqual([true, true, false]);
  expect(budget).toMatchObject({ checks: 2, bytes: 20, stoppedBy: "checks" });
});

test("what would go over the bytes ends it, also for smaller ones after that", () => {
  const budget = new SearchBudget({ mostChecks: 10, mostBytes: 100 });
  expect([budget.take(100), budget.take(1), budget.take(0)]).toEqual([true, false, false]);
  expect(budget).toMatchObject({ checks: 1, bytes: 100, stoppedBy: "bytes" });
});

test("the limits are 2,000 checks and 64 MiB", () => {
  expect(SEARCH_LIMITS).toEqual({ mostChecks: 2000, mostBytes: 67_108_864 });
});
