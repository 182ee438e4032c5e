import { expect, test } from "vitest";
import { EXIT, exitCodeOf, exitMeanings } from "../../../../src/cli/terminal/exit.ts";
import { errorCatalogue } from "../../../../src/core/model/error-catalogue.ts";

test("the exit codes stay what scripts rely on", () => {
  expect(EXIT).toEqual({
    ok: 0,
    no: 1,
    usage: 2,
    notFound: 3,
    environment: 4,
    noAnswer: 5,
    bug: 70,
    timedOut: 124,
    interrupted: 130,
    terminated: 143,
  });
});

test.each([
  ["refused", 1],
  ["usage", 2],
  ["not-found", 3],
  ["environment", 4],
  ["no-answer", 5],
  ["timed-out", 124],
] as const)("an error of category %s ends with %i", (category, code) => {
  expect(exitCodeOf(category)).toBe(code);
});

test("every error of the catalogue has a code of its own category, never success", () => {
  const codes = Object.values(errorCatalogue).map(({ category }) => exitCodeOf(category));
  expect(new Set(codes)).toEqual(new Set([EXIT.usage, EXIT.notFound, EXIT.environment, EXIT.noAnswer, EXIT.timedOut]));
});

test("every code says what it means", () => {
  expect(Object.keys(exitMeanings)).toEqual(Object.keys(EXIT));
  expect(Object.values(exitMeanings).every((meaning) => meaning.length > 5)).toBe(true);
});
