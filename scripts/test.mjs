/**
 * Everything that `npm test` means: the build, the static checks side by side, then all tests.
 * A check counts as one test. The last line printed is `N passed, N failed, N skipped`.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

const root = fileURLToPath(new URL("..", import.meta.url));
const programs = join(root, "node_modules", ".bin");
const vitest = join(root, "node_modules", "vitest", "vitest.mjs");

const build = { name: "build", command: "node scripts/build.mjs" };
const checks = [
  { name: "types", command: "npm run --silent types" },
  { name: "lint", command: "npm run --silent lint" },
  { name: "format", command: "npm run --silent format:check" },
  { name: "unused code", command: "npm run --silent unused" },
  { name: "package", command: "npm run --silent package" },
];

/**
 * Runs a program at the root, with the project's own Node and tools first in PATH.
 * @param {string} command a shell command, or a program where `args` are given: no shell reads these
 * @param {{ args?: readonly string[], stdio: "inherit" | "pipe", env?: Record<string, string> }} how
 * @returns {Promise<{ ok: boolean, printed: string }>} `printed` is empty when the output was inherited
 */
function run(command, { args, stdio, env }) {
  return new Promise((settle) => {
    const PATH = programs + delimiter + process.env.PATH;
    const shell = args === undefined;
    const child = spawn(command, args ?? [], { cwd: root, shell, stdio, env: { ...process.env, PATH, ...env } });
    let printed = "";
    const keep = (/** @type {Buffer} */ chunk) => (printed += chunk.toString());
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);
    child.on("error", (error) => settle({ ok: false, printed: String(error) }));
    child.on("close", (code) => settle({ ok: code === 0, printed }));
  });
}

/**
 * Runs one check and says how it went; only a failed one shows what it printed.
 * @param {{ name: string, command: string }} check
 */
async function passes({ name, command }) {
  const { ok, printed } = await run(command, { stdio: "pipe" });
  console.log(ok ? `ok      ${name}` : `FAILED  ${name} (${command})\n${printed}`);
  return ok;
}

/**
 * Builds first, because a check looks into dist/.
 * @returns {Promise<Counts>}
 */
async function runChecks() {
  const results = [await passes(build), ...(await Promise.all(checks.map(passes)))];
  const passed = results.filter(Boolean).length;
  return { passed, failed: results.length - passed, skipped: 0 };
}

/**
 * Runs vitest, whose reporter leaves its counts in a file; without that file the run itself went wrong: one failure.
 * @returns {Promise<Counts>}
 */
async function runTests() {
  const folder = mkdtempSync(join(tmpdir(), "hookcli-test-"));
  const countsFile = join(folder, "counts.json");
  try {
    const args = [vitest, "run", "--config", "test/vitest.config.ts", ...process.argv.slice(2)];
    const { ok } = await run("node", { args, stdio: "inherit", env: { HOOKCLI_TEST_COUNTS: countsFile } });
    const counts = JSON.parse(readFileSync(countsFile, "utf8"));
    if (!ok && counts.failed === 0) counts.failed = 1;
    return counts;
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const inChecks = await runChecks();
const inTests = await runTests();
const failed = inChecks.failed + inTests.failed;
process.exitCode = failed === 0 ? 0 : 1;
console.log(
  `${inChecks.passed + inTests.passed} passed, ${failed} failed, ${inChecks.skipped + inTests.skipped} skipped`,
);
