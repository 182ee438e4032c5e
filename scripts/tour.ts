/**
 * Plays the tour of the README with the built bin. With `--write` it puts what was really printed into the README;
 * otherwise it fails where that differs in more than times, ports and versions.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { playTour } from "./docs/tour.ts";

const readme = fileURLToPath(new URL("../README.md", import.meta.url));
const told = readFileSync(readme, "utf8");
const played = await playTour(told);

if (process.argv.includes("--write")) {
  if (played !== told) writeFileSync(readme, played);
} else if (played !== told) {
  console.error("the README's tour is not what is really printed. Run: npm run docs");
  process.exitCode = 1;
}
