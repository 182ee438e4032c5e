import { expect, test } from "vitest";
import { replayOrder } from "../../../../src/app/replaying/replay-order.ts";
import { seededRandom } from "../../../../src/core/model/seeded.ts";

test("each round has all of them, in the order in which they came", () => {
  expect([...replayOrder([3, 5, 9], 2)]).toEqual([3, 5, 9, 3, 5, 9]);
});

test("a shuffle goes across all rounds and loses none; its seed makes the same one", () => {
  const ids = Array.from({ length: 50 }, (_, at) => at + 100);
  const order = [...replayOrder(ids, 3, seededRandom(7))];
  expect(order.toSorted((a, b) => a - b)).toEqual(ids.flatMap((id) => [id, id, id]));
  expect(new Set(order.slice(0, 50)).size).toBeLessThan(50);
  expect([...replayOrder(ids, 3, seededRandom(7))]).toEqual(order);
  expect([...replayOrder(ids, 3, seededRandom(8))]).not.toEqual(order);
});
