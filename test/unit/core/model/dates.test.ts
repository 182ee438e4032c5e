import { expect, test } from "vitest";
import { isDate, withinDates } from "../../../../src/core/model/dates.ts";

test.each([0, 1, -1, 1.5, 8.64e15, -8.64e15])("%d is a moment", (atMs) => {
  expect([isDate(atMs), withinDates(atMs)]).toEqual([true, atMs]);
});

test.each([2 ** 53, -(2 ** 53), Infinity, -Infinity, Number.NaN])(
  "%d is none, and becomes one that can be printed",
  (atMs) => {
    expect(isDate(atMs)).toBe(false);
    expect(new Date(withinDates(atMs)).toISOString()).toMatch(/Z$/);
  },
);
