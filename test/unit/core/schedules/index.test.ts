import { expect, test } from "vitest";
import { schedules } from "../../../../src/core/schedules/index.ts";

test("those of nobody come first, and no name stands there twice", () => {
  const names = schedules.flatMap(({ name, alias }) => (alias === undefined ? [name] : [name, alias]));
  expect(names).toEqual([...new Set(names)]);
  expect(schedules.findLastIndex(({ trust }) => trust === "reference" || trust === "undocumented")).toBe(4);
});
