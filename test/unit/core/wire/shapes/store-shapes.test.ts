import * as v from "valibot";
import { expect, test } from "vitest";
import { jsonShapes } from "../../../../../src/core/wire/shapes/index.ts";
import { storeShapes } from "../../../../../src/core/wire/shapes/store-shapes.ts";

test("they are among the shapes that are documented and checked", () => {
  for (const [name, shape] of Object.entries(storeShapes))
    expect(jsonShapes[name as keyof typeof storeShapes]).toBe(shape);
});

test("a store that is not there, and one that cannot be read, are told as such", () => {
  const size = { total: 0, database: 0, log: 0, bodies: 0 };
  const nothing = { v: 1, kind: "info", path: "/x", exists: false, size, stored: null, sessions: [] };
  expect(v.parse(storeShapes.info, nothing)).toEqual(nothing);
  const check = { sound: false, damage: "SQLITE_CORRUPT", missing: [], stray: [] };
  expect(v.parse(storeShapes.info, { ...nothing, exists: true, check })).toMatchObject({ check });
  expect(v.safeParse(storeShapes.info, { ...nothing, stored: undefined }).success).toBe(false);
});
