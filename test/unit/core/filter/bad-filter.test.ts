import { expect, test } from "vitest";
import { badFilter } from "../../../../src/core/filter/bad-filter.ts";

test("names the term, counts characters from 1, and gives the piece to underline", () => {
  const error = badFilter({ written: "is:god", from: 4, to: 10, at: 7 }, "there is no such state", "Try is:ok");
  expect(error.message).toBe("cannot use is:god in a filter, at character 8: there is no such state");
  expect(error).toMatchObject({ code: "BAD_FILTER", category: "usage", hint: "Try is:ok" });
  expect(error.details).toMatchObject({ at: 8, from: 4, to: 10 });
});

test("shows only the beginning of a long term", () => {
  const error = badFilter({ written: "x".repeat(3000), from: 0, to: 3000, at: 0 }, "why", "what to do");
  expect(error.message).toBe(`cannot use ${"x".repeat(60)}… in a filter, at character 1: why`);
});
