import { expect, test } from "vitest";
import { jsonShapes } from "../../../../../src/core/wire/shapes/index.ts";
import { verificationShapes } from "../../../../../src/core/wire/shapes/verification-shapes.ts";
import { VERDICTS } from "../../../../../src/core/model/verdict.ts";

test("they are among the shapes that are documented and checked", () => {
  expect(jsonShapes.verification).toBe(verificationShapes.verification);
});

test("every verdict has its place", () => {
  const [verdict] = verificationShapes.verification.entries.verdict.pipe;
  expect(verdict.options).toEqual(VERDICTS);
});
