import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../helpers/sources.ts";
import { temporaryFolder } from "../helpers/surroundings.ts";

const ARGUMENTS = ["test/unit/core", "-t", `it's "quoted" & $HOME; echo *`, ""];

/** Stands where vitest stands: keeps its arguments, and leaves counts. */
const VITEST = `import { writeFileSync } from "node:fs";
writeFileSync("arguments.json", JSON.stringify(process.argv.slice(2)));
writeFileSync(process.env.HOOKCLI_TEST_COUNTS, JSON.stringify({ passed: 3, failed: 0, skipped: 1 }));`;

test("what stands behind npm test -- reaches vitest word by word, and no shell reads it", () => {
  const { folder, lines, status } = runTests(VITEST);
  const given = JSON.parse(readFileSync(join(folder, "arguments.json"), "utf8")) as readonly string[];
  expect(given).toEqual(["run", "--config", "test/vitest.config.ts", ...ARGUMENTS]);
  expect([status, lines.at(-1)]).toEqual([0, "9 passed, 0 failed, 1 skipped"]);
});

test("a run that ends without having counted is a failure", () => {
  const { lines, status } = runTests("process.exit(0);");
  expect([status, lines.at(-1)]).toEqual([1, "6 passed, 1 failed, 0 skipped"]);
});

/** `npm test` in a folder where each check passes at once. */
function runTests(vitest: string) {
  const folder = temporaryFolder();
  for (const path of ["scripts", "node_modules/vitest", "node_modules/.bin"])
    mkdirSync(join(folder, path), { recursive: true });
  cpSync(join(root, "scripts/test.mjs"), join(folder, "scripts/test.mjs"));
  writeFileSync(join(folder, "scripts/build.mjs"), "");
  writeFileSync(join(folder, "node_modules/vitest/vitest.mjs"), vitest);
  writeFileSync(join(folder, "node_modules/.bin/npm"), "#!/bin/sh\n", { mode: 0o755 });
  const script = join(folder, "scripts/test.mjs");
  const { status, stdout } = spawnSync(process.execPath, [script, ...ARGUMENTS], { encoding: "utf8" });
  return { folder, status, lines: stdout.trimEnd().split("\n") };
}
