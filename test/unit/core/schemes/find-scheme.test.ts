import { expect, test } from "vitest";
import { findScheme } from "../../../../src/core/schemes/find-scheme.ts";
import { schemes } from "../../../../src/core/schemes/index.ts";

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
