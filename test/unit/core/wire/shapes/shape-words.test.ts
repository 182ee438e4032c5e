import * as v from "valibot";
import { expect, test } from "vitest";
import * as words from "../../../../../src/core/wire/shapes/shape-words.ts";

test("each word refuses what it does not mean", () => {
  const wrong: Readonly<Record<keyof typeof words, unknown>> = {
    version: 2,
    time: "yesterday",
    milliseconds: -1,
    bytes: 1.5,
    requestId: 0,
    status: "200",
    headers: [["only a name"]],
    word: 1,
    sentence: null,
    pid: "4242",
    bodyBase64: "no base 64!",
    bodyMasked: "no",
  };
  for (const [name, schema] of Object.entries(words))
    expect([name, v.safeParse(schema, wrong[name as keyof typeof words]).success]).toEqual([name, false]);
});

test("each word says what it means", () => {
  const said = Object.values(words).map((schema) => v.getDescription(schema));
  expect(said.every((text) => text?.endsWith("."))).toBe(true);
});
