/**
 * Plays the tour of the README with the built bin. With `--write` it puts what was really printed into the README;
 * otherwise it fails. In both cases only where more differs than moments, durations, ports and versions.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { steady } from "./docs/steady.ts";
import { playTour } from "./docs/tour.ts";

const QUIET_MS = 4000;

const readme = fileURLToPath(new URL("../README.md", import.meta.url));
const told = readFileSync(readme, "utf8");
const played = await playTour(told, { quietMs: QUIET_MS });

if (steady(played) === steady(told)) console.log("the README's tour is what is really printed");
else if (process.argv.includes("--write")) writeFileSync(readme, played);
else {
  console.error("the README's tour is not what is really printed. Run: npm run docs");
  process.exitCode = 1;
}
