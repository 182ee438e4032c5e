import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MOST_SEED, seededRandom, shuffle } from "../../../../src/core/model/seeded.ts";

describe("the numbers of a seed", () => {
  test("are these, whatever the version of hookcli: people keep their seeds", () => {
    const random = seededRandom(42);
    const numbers = [random(), random(), random()].map((value) => value.toFixed(6));
    expect(numbers).toEqual(["0.601104", "0.448291", "0.852466"]);
  });

  test("are the same each time, differ from another seed's, and lie from 0 to below 1", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MOST_SEED }), (seed) => {
        const [one, same, other] = [seededRandom(seed), seededRandom(seed), seededRandom((seed + 1) % MOST_SEED)];
        const numbers = Array.from({ length: 20 }, one);
        expect(Array.from({ length: 20 }, same)).toEqual(numbers);
        expect(Array.from({ length: 20 }, other)).not.toEqual(numbers);
        expect(numbers.every((value) => value >= 0 && value < 1)).toBe(true);
      }),
    );
  });
});

describe("a shuffled list", () => {
  test("holds what it held", () => {
    fc.assert(
      fc.property(fc.uint32Array(), fc.integer({ min: 0, max: MOST_SEED }), (list, seed) => {
        const shuffled = Uint32Array.from(list);
        shuffle(shuffled, seededRandom(seed));
        expect(shuffled.toSorted()).toEqual(list.toSorted());
      }),
    );
  });

  test("has each of its orders about equally often", () => {
    const random = seededRandom(1);
    const seen = new Map<string, number>();
    for (let round = 0; round < 6000; round += 1) {
      const list = Uint32Array.of(1, 2, 3);
      shuffle(list, random);
      seen.set(list.join(""), (seen.get(list.join("")) ?? 0) + 1);
    }
    expect([...seen.keys()].sort()).toEqual(["123", "132", "213", "231", "312", "321"]);
    for (const count of seen.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});
