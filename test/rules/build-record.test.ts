import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isUpToDate, keepRecord } from "../../scripts/build-record.mjs";
import { temporaryFolder } from "../helpers/surroundings.ts";

/** After all that `built` wrote. */
const LATER_MS = Date.now() + 365 * 86_400_000;

test("a build is not made again as long as all that it read and wrote is as it was", () => {
  expect(isUpToDate(built())).toBe(true);
});

test.each<[string, (root: string) => void]>([
  ["there was none", (root) => rmSync(join(root, "node_modules"), { recursive: true })],
  ["what it keeps of the last one is damaged", (root) => put(root, "node_modules/.cache/hookcli/build.json", "{")],
  ["a source is another one", (root) => put(root, "src/main.ts", "2")],
  ["a source has gone", (root) => rmSync(join(root, "src/main.ts"))],
  ["what was not there is", (root) => put(root, "tsconfig.json", "{}")],
  ["dist/ has gone", (root) => rmSync(join(root, "dist"), { recursive: true })],
  ["a file of dist/ has gone", (root) => rmSync(join(root, "dist/main.js"))],
  ["a file of dist/ is another one", (root) => put(root, "dist/main.js", "2")],
  ["a stranger is in dist/", (root) => put(root, "dist/other.js", "")],
])("a build is made where %s", (_, change) => {
  const root = built();
  change(root);
  expect(isUpToDate(root)).toBe(false);
});

test("a build is made where a source was changed while the last one ran", () => {
  const root = built();
  keepRecord(root, { startedMs: 0, read: ["src/main.ts"], written: ["dist/main.js"] });
  expect(isUpToDate(root)).toBe(false);
});

/** A folder in which something was built. */
function built(): string {
  const root = temporaryFolder();
  put(root, "src/main.ts", "1");
  put(root, "dist/main.js", "1");
  keepRecord(root, { startedMs: LATER_MS, read: ["src/main.ts", "tsconfig.json"], written: ["dist/main.js"] });
  return root;
}

function put(root: string, path: string, text: string): void {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), text);
}
