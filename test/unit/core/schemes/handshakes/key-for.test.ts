import { expect, test } from "vitest";
import { keyFor } from "../../../../../src/core/schemes/handshakes/key-for.ts";

const own = { name: "own", text: "1", provider: "zoom" };
const later = { name: "later", text: "2", provider: "zoom" };
const forAll = { name: "for all", text: "3" };
const others = { name: "other's", text: "4", provider: "stripe" };

test("is one of the provider's own before one that is for all", () => {
  expect(keyFor("zoom", { facts: {}, secrets: [others, forAll, own, later] })).toBe(own);
  expect(keyFor("zoom", { facts: {}, secrets: [others, forAll] })).toBe(forAll);
});

test("is the one under which the signature held", () => {
  const facts = { verdict: { kind: "verified", secretName: "later" } } as const;
  expect(keyFor("zoom", { facts, secrets: [forAll, own, later] })).toBe(later);
});

test("is never that of another provider", () => {
  const facts = { verdict: { kind: "verified", secretName: "other's" } } as const;
  expect(keyFor("zoom", { facts, secrets: [others] })).toBeUndefined();
});
