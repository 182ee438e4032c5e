import { expect, test } from "vitest";
import { type Comparison, countOf, type Finding, isAsExpected } from "../../../../src/core/schedules/comparison.ts";

function comparison(missing: readonly number[], ...findings: readonly Finding[]): Comparison {
  return { attempts: findings.map((finding, at) => ({ number: at + 1, finding })), missing, end: "open" };
}

test("counts findings", () => {
  expect(countOf(comparison([], "first", "late", "late"), "late")).toBe(2);
});

test.each([
  [comparison([], "first", "on-time", "unknown"), true],
  [comparison([2], "first", "on-time"), false],
  [comparison([], "first", "early"), false],
  [comparison([], "first", "late"), false],
  [comparison([], "first", "extra"), false],
])("only what comes in its time is as expected (%#)", (found, isIt) => {
  expect(isAsExpected(found)).toBe(isIt);
});
