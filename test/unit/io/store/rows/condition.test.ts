import fc from "fast-check";
import { expect, test } from "vitest";
import { matchesGlob } from "../../../../../src/core/model/glob.ts";
import { globPattern } from "../../../../../src/io/store/rows/condition.ts";
import { openTables } from "../../../../helpers/rows.ts";

test("SQLite lets through what the model's glob lets through", () => {
  const asked = openTables().db.prepare<[string, string], number>("SELECT ? GLOB ?").pluck();
  const text = fc.string({ unit: fc.constantFrom("a", "b", ".", "*", "?", "[", "]", "^", "-"), maxLength: 8 });
  fc.assert(
    fc.property(text, text, (glob, value) => {
      expect(asked.get(value, globPattern(glob)) === 1).toBe(matchesGlob(glob, value));
    }),
    {
      examples: [
        ["order.*", "order.completed"],
        ["a[b]", "a[b]"],
        ["a?", "ab"],
        ["*", ""],
      ],
    },
  );
});
