import fc from "fast-check";
import { expect, test } from "vitest";
import { nearestOf } from "../../../../src/core/model/nearest.ts";

const words = ["status", "is", "method", "path", "type", "event", "id", "since", "attempts", "ms", "header"];

test.each([
  ["statsu", "status"],
  ["Status", "status"],
  ["stats", "status"],
  ["mehtod", "method"],
  ["evnt", "event"],
  ["headers", "header"],
  ["attemps", "attempts"],
  ["typ", "type"],
  ["pth", "path"],
])("%s was meant to be %s", (slip, word) => {
  expect(nearestOf(slip, words)).toBe(word);
});

test.each(["", "provider", "localhost", "x", "constructor"])("%j is near nothing", (word) => {
  expect(nearestOf(word, words)).toBeUndefined();
});

test("of several the nearest is taken, and of equally near ones the first", () => {
  expect(nearestOf("replai", ["reply", "replay"])).toBe("replay");
  expect(nearestOf("bat", ["cat", "hat"])).toBe("cat");
});

test("a word is nearest to itself", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "c", "d"), minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(fc.array(word), word, (others, wanted) => {
      expect(nearestOf(wanted, [...others, wanted])).toBe(wanted);
    }),
  );
});
