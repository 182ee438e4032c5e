import * as v from "valibot";
import { expect, test } from "vitest";
import { scheduleShapes } from "../../../../../src/core/wire/shapes/schedule-shapes.ts";

test("attempts count from 1", () => {
  const { most } = scheduleShapes.retries.entries;
  expect(v.is(most, 1)).toBe(true);
  expect(v.is(most, 0)).toBe(false);
});
