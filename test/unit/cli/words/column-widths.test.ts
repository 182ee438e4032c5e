import fc from "fast-check";
import { expect, test } from "vitest";
import { columnWidths } from "../../../../src/cli/words/column-widths.ts";

const columns = [
  { name: "TIME", gives: 2 },
  { name: "ID" },
  { name: "PATH", least: 10 },
  { name: "SIZE", gives: 1 },
  { name: "EVENT", gives: 3, least: 8 },
];

test.each([
  [Infinity, [8, 4, 30, 5, 20]],
  [75, [8, 4, 30, 5, 20]],
  [65, [8, 4, 20, 5, 20]],
  [50, [8, 4, 12, 5, 13]],
  [43, [8, 4, 10, 5, 8]],
  [42, [8, 4, 12, 0, 12]],
  [30, [0, 4, 11, 0, 11]],
  [25, [0, 4, 19, 0, 0]],
  [10, [0, 4, 4, 0, 0]],
  [2, [0, 4, 1, 0, 0]],
])("in %i places: first texts are cut, then columns give way", (room, widths) => {
  expect(columnWidths(columns, [8, 4, 30, 5, 20], room)).toEqual(widths);
});

test("what was left out stays out, and what was shown is cut further instead of giving way", () => {
  const shown = [true, true, true, false, true];
  expect(columnWidths(columns, [8, 4, 30, 5, 20], Infinity, shown)).toEqual([8, 4, 30, 0, 20]);
  expect(columnWidths(columns, [8, 4, 30, 5, 20], 26, shown)).toEqual([8, 4, 4, 0, 4]);
});

test("a line of them is never wider than the room, as long as texts can be cut", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 5, maxLength: 5 }),
      fc.nat(150),
      (natural, room) => {
        const widths = columnWidths(columns, natural, room).filter((width) => width > 0);
        const line = widths.reduce((sum, width) => sum + width, 0) + 2 * (widths.length - 1);
        expect(line).toBeLessThanOrEqual(Math.max(room, (natural[1] ?? 0) + 2 + 1));
      },
    ),
  );
});
