import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import type { InlineConfig } from "vitest/node";
import { CountsReporter } from "./helpers/counts-reporter.ts";
import { openTemporaryFolder } from "./helpers/open-temporary.ts";

const LIMIT_MS = 120_000;

// A file that everyone may write is not trusted, and this is not about the tester's habits: all that tests start inherits it.
process.umask(0o022);

const root = fileURLToPath(new URL("..", import.meta.url));
const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  version: string;
};

const inFolders = (...folders: readonly string[]) => folders.map((folder) => `test/${folder}/**/*.test.ts`);

/** How tests run, whoever runs them. */
export const shared = {
  pool: "forks",
  // A test leaves nothing behind that another one could notice, so files need no process of their own: what they share is
  // loaded once.
  isolate: false,
  // These bound what hangs, not how fast anything is: a machine may do a dozen other things.
  testTimeout: LIMIT_MS,
  hookTimeout: LIMIT_MS,
  retry: 0,
  env: { TMPDIR: openTemporaryFolder() },
  expect: { requireAssertions: true, poll: { timeout: LIMIT_MS / 2, interval: 10 } },
} as const satisfies InlineConfig;

export default defineConfig({
  root,
  test: {
    ...shared,
    // One more than there are cores, since many tests wait. By itself vitest leaves one core alone, and of two uses one.
    maxWorkers: availableParallelism() + 1,
    reporters: ["default", new CountsReporter()],
    projects: [
      {
        extends: true,
        define: { __VERSION__: JSON.stringify(version) },
        test: { name: "source", include: inFolders("unit", "contracts", "rules") },
      },
      {
        extends: true,
        define: { __VERSION__: JSON.stringify(version) },
        test: {
          name: "built",
          include: inFolders("journeys", "browser", "regressions"),
          globalSetup: "test/helpers/build-once.ts",
        },
      },
    ],
  },
});
