import { spawnSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../helpers/sources.ts";
import { temporaryFolder } from "../helpers/surroundings.ts";

const NOTHING = "0 passed, 1 failed, 0 skipped";

/** What `npm ci`, `npm run test:setup` and `npm test` do, as a shell script in place of npm; then the code and the last line. */
const RUNS = [
  [
    "all is well",
    'if [ "$1" = test ]; then echo "9 passed, 0 failed, 1 skipped"; fi',
    0,
    "9 passed, 0 failed, 1 skipped",
  ],
  [
    "a test fails",
    'if [ "$1" = test ]; then echo "9 passed, 2 failed, 1 skipped"; exit 1; fi',
    1,
    "9 passed, 2 failed, 1 skipped",
  ],
  [
    "ten fail",
    'if [ "$1" = test ]; then echo "9 passed, 10 failed, 0 skipped"; exit 1; fi',
    1,
    "9 passed, 10 failed, 0 skipped",
  ],
  ["nothing can be installed", 'if [ "$1" = ci ]; then exit 7; fi', 7, NOTHING],
  ["the set-up fails", 'if [ "$1" = run ]; then exit 3; fi', 3, NOTHING],
  ["the tests are killed", 'if [ "$1" = test ]; then kill -9 $$; fi', 137, NOTHING],
  ["the tests say nothing", "exit 0", 1, NOTHING],
  [
    "the tests fail and say that none did",
    'if [ "$1" = test ]; then echo "9 passed, 0 failed, 0 skipped"; exit 1; fi',
    1,
    NOTHING,
  ],
  [
    "the log is not text",
    'if [ "$1" = test ]; then printf "\\0\\377\\n9 passed, 0 failed, 0 skipped\\n"; fi',
    0,
    "9 passed, 0 failed, 0 skipped",
  ],
] as const;

test.for(RUNS)("CI ends with a summary that tells the truth where %s", ([, script, code, last]) => {
  const { status, lines } = runCi(script);
  expect([status, lines.at(-1)]).toEqual([code, last]);
});

test("CI ends with a summary where there is no room for a log", () => {
  const { status, lines } = runCi("exit 0", { TMPDIR: join(temporaryFolder(), "nowhere") });
  expect([status, lines]).toEqual([1, [NOTHING]]);
});

function runCi(npm: string, env: NodeJS.ProcessEnv = {}) {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "npm"), `#!/bin/sh\n${npm}\n`);
  chmodSync(join(folder, "npm"), 0o755);
  const PATH = `${folder}${delimiter}${process.env["PATH"] ?? ""}`;
  const { status, stdout } = spawnSync("bash", [join(root, ".ci/run")], { env: { ...process.env, PATH, ...env } });
  return { status, lines: stdout.toString().trimEnd().split("\n") };
}
