import * as v from "valibot";
import { expect, test } from "vitest";
import { faultShapes } from "../../../../../src/core/wire/shapes/fault-shapes.ts";

test("a fault is met in one of two directions", () => {
  const fault = { v: 1, kind: "fault", name: "a", syntax: "a", summary: "A.", seen: "B.", examples: [] };
  expect(v.is(faultShapes.fault, { ...fault, direction: "in" })).toBe(true);
  expect(v.is(faultShapes.fault, { ...fault, direction: "up" })).toBe(false);
});
