import { expect, test } from "vitest";
import { RecentCounts } from "../../../../src/core/faults/recent-counts.ts";

test("a key is counted by itself, and the one that was used longest ago is forgotten", () => {
  const counts = new RecentCounts(2);
  expect(["a", "a", "b", "a", "c", "a", "b"].map((key) => counts.count(key))).toEqual([0, 1, 0, 2, 0, 3, 0]);
});
