import { describe, expect, test } from "vitest";
import type { ConfigDocument } from "../../../../src/cli/config/config-document.ts";
import { readSecretSources } from "../../../../src/cli/config/read-secrets.ts";
import type { HookcliError } from "../../../../src/core/model/errors.ts";

const document = (path: string): ConfigDocument => ({
  path,
  content: undefined,
  placeOf: (steps) => `${path}:${steps.join("/")}`,
});
const read = (value: unknown, { path = "/shop/hookcli.config.jsonc", isOwn = false } = {}) =>
  readSecretSources(value, document(path), isOwn);

test("each source knows its provider, its name and its place; `*` is for all", () => {
  const sources = read({ stripe: "env:S", "*": ["file:a", "cmd:get it"] });
  expect(sources.map(({ key, provider, place }) => [key, provider, place])).toEqual([
    ["secrets.stripe", "stripe", "/shop/hookcli.config.jsonc:secrets/stripe"],
    ["secrets.*[0]", undefined, "/shop/hookcli.config.jsonc:secrets/*/0"],
    ["secrets.*[1]", undefined, "/shop/hookcli.config.jsonc:secrets/*/1"],
  ]);
  expect(sources.map(({ name }) => name)[1]).toBe("secrets.*[0] in hookcli.config.jsonc");
  expect(sources.map(({ source }) => source)).toEqual([
    { kind: "environment", variable: "S" },
    { kind: "file", path: "a", folder: "/shop" },
    { kind: "program", words: ["get", "it"], folder: "/shop" },
  ]);
});

test("a secret that stands there itself is marked in a project's JSON, not in one's own file or in a program", () => {
  const marks = [
    read({ stripe: "literal" }),
    read({ stripe: "literal" }, { isOwn: true }),
    read({ stripe: "literal" }, { path: "/shop/hookcli.config.ts" }),
    read({ stripe: "env:A" }),
  ].map(([source]) => source?.isWrittenOut);
  expect(marks).toEqual([true, false, false, false]);
});

describe("what is no source is refused, and never repeated", () => {
  test.each([
    [{ stripe: 12_345_678 }, "secrets/stripe: secrets.stripe must be text, or a list of texts"],
    [{ stripe: ["a", { b: "canary" }] }, "secrets/stripe/1: secrets.stripe[1] must be text, or a list of texts"],
    [{ stripe: null }, "secrets/stripe: secrets.stripe must be text, or a list of texts"],
    [{ "*": 'cmd:a "canary' }, "secrets/*: secrets.* cannot be used: a quote in the command is never closed"],
    [{ stripe: "$CANARY" }, "cannot be used: variables are not filled in; write env:CANARY"],
    [["canary"], 'secrets: secrets must be an object like { "stripe": "env:STRIPE_SECRET" }, not a list'],
  ])("%j", (value, told) => {
    const error = errorOf(value);
    expect(error.code).toBe("BAD_CONFIG");
    expect(error.message).toContain(told);
    expect(`${error.message} ${error.hint}`).not.toMatch(/canary|12345678/);
  });
});

function errorOf(value: unknown): HookcliError {
  try {
    read(value);
  } catch (error) {
    return error as HookcliError;
  }
  throw new Error("nothing was thrown");
}
