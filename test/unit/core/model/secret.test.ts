import { expect, test } from "vitest";
import { isSignatureExpected, secretsFor } from "../../../../src/core/model/secret.ts";

const all = { name: "all", text: "a" };
const stripe = { name: "stripe", text: "s", provider: "stripe" };
const github = { name: "github", text: "g", provider: "github" };

test("the secrets of a provider are its own and those of nobody in particular, in their order", () => {
  expect(secretsFor([github, all, stripe], "stripe")).toEqual([all, stripe]);
  expect(secretsFor([], "stripe")).toEqual([]);
});

test("a signature is expected where somebody gave a secret for just that provider", () => {
  expect(isSignatureExpected([all, stripe], "stripe")).toBe(true);
  expect(isSignatureExpected([all, github], "stripe")).toBe(false);
});
