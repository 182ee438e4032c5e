import fc from "fast-check";
import { expect, test } from "vitest";
import { eventOrder } from "../../../../src/app/sending/event-order.ts";
import { seededRandom } from "../../../../src/core/model/seeded.ts";

test("rounds come one after the other, the events of each in their order, copies right behind each other", () => {
  const slots = [...eventOrder({ rounds: 2, events: 2, copies: 2, random: undefined })];
  expect(slots.map(({ round, index, copy }) => `${round}${index}${copy}`)).toEqual([
    "001",
    "002",
    "011",
    "012",
    "101",
    "102",
    "111",
    "112",
  ]);
});

test("a random order holds the same, and is the same for the same seed", () => {
  const sizes = fc.integer({ min: 1, max: 6 });
  fc.assert(
    fc.property(sizes, sizes, sizes, fc.nat(), (rounds, events, copies, seed) => {
      const inOrder = [...eventOrder({ rounds, events, copies, random: undefined })];
      const shuffled = [...eventOrder({ rounds, events, copies, random: seededRandom(seed) })];
      const again = [...eventOrder({ rounds, events, copies, random: seededRandom(seed) })];
      expect(shuffled).toEqual(again);
      expect(shuffled.map((slot) => JSON.stringify(slot)).toSorted()).toEqual(
        inOrder.map((slot) => JSON.stringify(slot)).toSorted(),
      );
    }),
  );
});
