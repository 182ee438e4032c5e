/**
 * The tests that repeat something, with ten times as many repetitions as in the gate, or as many times as many as the first
 * argument says: `npm run build && node scripts/torture/rounds.mjs [times]`. Which tests these are: whoever imports
 * `test/helpers/rounds.ts`. Where bytes are made up by a seed, it is another one each time; it is printed, and
 * HOOKCLI_TEST_SEED sets it. Ends with 1 where a test fails.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { filesBelow, textOf } from "../../test/helpers/sources.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const times = process.argv[2] ?? "10";
const seed = process.env["HOOKCLI_TEST_SEED"] ?? String(Date.now() % 1_000_000);
const tests = filesBelow("test", /\.test\.ts$/).filter((path) => textOf(path).includes("/helpers/rounds.ts"));

console.log(`${tests.length} files of tests, ${times} times, seed ${seed}`);
const { status } = spawnSync(
  process.execPath,
  [`${root}/node_modules/vitest/vitest.mjs`, "run", "--config", "test/vitest.config.ts", ...tests],
  { cwd: root, stdio: "inherit", env: { ...process.env, HOOKCLI_TEST_TIMES: times, HOOKCLI_TEST_SEED: seed } },
);
process.exitCode = status ?? 1;
