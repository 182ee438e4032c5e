import fc from "fast-check";
import { expect, test } from "vitest";
import { idsFrom } from "../../../../src/core/samples/ids.ts";

test("the same seed and name give the same id, any other another one", () => {
  const ids = idsFrom("a");
  expect(ids.mixed("order", 14)).toBe(idsFrom("a").mixed("order", 14));
  expect(ids.mixed("order", 14)).not.toBe(ids.mixed("customer", 14));
  expect(ids.mixed("order", 14)).not.toBe(idsFrom("b").mixed("order", 14));
});

test("every kind is written as it says, whatever the seed", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.integer({ min: 1, max: 60 }), (seed, name, length) => {
      const ids = idsFrom(seed);
      expect(ids.mixed(name, length)).toMatch(new RegExp(`^[0-9A-Za-z]{${length}}$`));
      expect(ids.capitals(name, length)).toMatch(new RegExp(`^[0-9A-Z]{${length}}$`));
      expect(ids.small(name, length)).toMatch(new RegExp(`^[0-9a-z]{${length}}$`));
      expect(ids.hex(name, length)).toMatch(new RegExp(`^[0-9a-f]{${length}}$`));
      expect(ids.digits(name, length)).toMatch(new RegExp(`^[1-9][0-9]{${length - 1}}$`));
      expect(ids.uuid(name)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }),
  );
});

test("a number has the digits that it was asked for, and is exact", () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 15 }), (seed, length) => {
      const number = idsFrom(seed).number("order", length);
      expect([Number.isSafeInteger(number), String(number).length]).toEqual([true, length]);
    }),
  );
});

test("a hundred thousand events get a hundred thousand ids", () => {
  const all = Array.from({ length: 100_000 }, (_, round) => idsFrom(`seed\n${round}`).digits("event", 19));
  expect(new Set(all).size).toBe(all.length);
});
