import { expect } from "vitest";
import { playTour } from "../../scripts/docs/tour.ts";
import { textOf } from "../helpers/sources.ts";
import { testWithTool } from "../helpers/tools.ts";

testWithTool("curl", "the README's tour prints what it says (npm run docs)", async () => {
  const told = textOf("README.md");
  expect(told.match(/^```console/gm)?.length).toBeGreaterThan(5);
  expect(await playTour(told)).toBe(told);
});
