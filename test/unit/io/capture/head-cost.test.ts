import { expect, test } from "vitest";
import { headCostBytes } from "../../../../src/io/capture/head-cost.ts";

test("many small headers cost more than one of the same bytes", () => {
  const many = Array.from({ length: 1000 }, () => ["abc", ""]).flat();
  const one = ["x", "v".repeat(3000)];
  expect(headCostBytes("/", many)).toBeGreaterThan(10 * headCostBytes("/", one));
  expect(headCostBytes("/", one)).toBeGreaterThan(3000);
});

test("the head of a usual webhook is a small one", () => {
  const headers = Array.from({ length: 20 }, (_none, at) => [`X-Header-${at}`, "v".repeat(60)]).flat();
  expect(headCostBytes(`/hooks?${"q".repeat(200)}`, headers)).toBeLessThan(8192);
});
