/**
 * Runs tests again and again on a machine that is busy: `stress-ng --cpu 4` runs beside them. Prints how often each failed.
 * `node scripts/torture/stressed.mjs [times] [files…]`: ten times those that once had limits of time; `1 test` is all of them.
 * Promises: none fails.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const TIMED = [
  "test/unit/io/sqlite/group-commit",
  "test/unit/io/store/store.test",
  "test/unit/io/store/search/search",
  "test/unit/core/schemes/explain/search.test",
  "test/contracts/hostile-signatures",
  "test/journeys/two-writers",
  "test/journeys/slow-attacks",
  "test/unit/app/upkeep/prune",
  "test/unit/app/listening/pipeline",
  "test/unit/io/delivery/target-client",
  "test/journeys/signatures",
  "test/unit/cli/terminal/sink",
];
/** Bounds the load where this program is killed. */
const LONGEST_S = 7200;

const root = fileURLToPath(new URL("../..", import.meta.url));
const vitest = join(root, "node_modules/vitest/vitest.mjs");
const times = Number(process.argv[2] ?? 10);
const files = process.argv.length > 3 ? process.argv.slice(3) : TIMED;
const folder = mkdtempSync(join(tmpdir(), "hookcli-stressed-"));

const load = spawn("stress-ng", ["--cpu", "4", "--timeout", String(LONGEST_S)], { stdio: "ignore" });
load.on("error", (error) => {
  console.log(`stress-ng cannot be run (npm run test:setup): ${error.message}`);
  process.exit(2);
});

for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) {
  process.once(signal, () => {
    load.kill();
    process.exit(130);
  });
}

let failures = 0;
try {
  for (let round = 1; round <= times; round += 1) {
    const report = join(folder, `${round}.json`);
    const startedMs = Date.now();
    const args = ["run", "--config", "test/vitest.config.ts", "--reporter=json", `--outputFile=${report}`, ...files];
    const run = spawn(process.execPath, [vitest, ...args], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
    await once(run, "exit");
    const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
    const seconds = Math.round((Date.now() - startedMs) / 1000);
    console.log(
      `round ${round}: ${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped in ${seconds} s`,
    );
    for (const { name, status, message, assertionResults } of testResults) {
      const failed = assertionResults.filter((/** @type {{ status: string }} */ one) => one.status === "failed");
      failures += failed.length > 0 ? failed.length : status === "failed" ? 1 : 0;
      for (const { fullName, failureMessages } of failed)
        console.log(`  FAILED  ${name.slice(root.length)} > ${fullName}\n${failureMessages.join("\n")}`);
      if (failed.length === 0 && status === "failed") console.log(`  FAILED  ${name.slice(root.length)}\n${message}`);
    }
  }
} finally {
  load.kill();
  rmSync(folder, { recursive: true, force: true });
}
console.log(failures === 0 ? `No failure in ${times} rounds.` : `${failures} FAILURES in ${times} rounds.`);
process.exitCode = failures === 0 ? 0 : 1;
