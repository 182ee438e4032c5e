/**
 * Writes the pages of docs/ that say what the code says: `npm run docs`. With `--check` it writes nothing and fails where
 * a page is not what it would write.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pages } from "./docs/pages.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const isCheck = process.argv.includes("--check");

for (const { path, render } of pages) {
  const file = join(root, path);
  const text = await render();
  if (textOf(file) === text) continue;
  if (isCheck) {
    console.error(`${path} is not what the code says. Run: npm run docs`);
    process.exitCode = 1;
  } else {
    writeFileSync(file, text);
    console.log(`wrote ${path}`);
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
