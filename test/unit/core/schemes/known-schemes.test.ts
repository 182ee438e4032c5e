import { expect, test } from "vitest";
import { findScheme, knownSchemes, nearestScheme } from "../../../../src/core/schemes/known-schemes.ts";
import { schemes } from "../../../../src/core/schemes/index.ts";

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

test("every scheme is found by its name, and nothing by another", () => {
  for (const scheme of schemes) expect(findScheme(scheme.name)).toBe(scheme);
  expect(findScheme("nobody")).toBeUndefined();
  expect(findScheme("__proto__")).toBeUndefined();
});

test("a person's own goes before one that is built in", () => {
  const own = { ...(findScheme("generic") ?? expect.fail()), name: "stripe", title: "Ours" };
  expect(findScheme("stripe", [own])).toBe(own);
  expect(findScheme("slack", [own])?.title).toBe("Slack");
});
