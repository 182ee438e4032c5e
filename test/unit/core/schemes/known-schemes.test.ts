import { expect, test } from "vitest";
import { findScheme } from "../../../../src/core/schemes/find-scheme.ts";
import { schemes } from "../../../../src/core/schemes/index.ts";
import { knownSchemes, nearestScheme } from "../../../../src/core/schemes/known-schemes.ts";

const shop = { ...(findScheme("generic") ?? expect.fail()), name: "shop", title: "Our shop" };

test("a person's own schemes come first, and stand in for those of the same name", () => {
  const stripe = { ...shop, name: "stripe" };
  const known = knownSchemes([shop, stripe]);
  expect(known.slice(0, 2)).toEqual([shop, stripe]);
  expect(known.slice(2)).toEqual(schemes.filter(({ name }) => name !== "stripe"));
  expect(knownSchemes([])).toEqual(schemes);
});

test("a slip in a name means the nearest one, a person's own included", () => {
  expect(nearestScheme("strpe", schemes)).toBe("stripe");
  expect(nearestScheme("shp", knownSchemes([shop]))).toBe("shop");
  expect(nearestScheme("something-else", schemes)).toBeUndefined();
});
