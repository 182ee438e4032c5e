import { expect } from "vitest";
import { steady } from "../../scripts/docs/steady.ts";
import { playTour } from "../../scripts/docs/tour.ts";
import { textOf } from "../helpers/sources.ts";
import { testWithTool } from "../helpers/tools.ts";

const QUIET_MS = 30_000;

testWithTool("curl", "the README's tour prints what it says (npm run docs)", async () => {
  const told = textOf("README.md");
  expect(told.match(/^```console/gm)?.length).toBeGreaterThan(5);
  expect(steady(await playTour(told, { quietMs: QUIET_MS }))).toBe(steady(told));
});
