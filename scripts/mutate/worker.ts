/**
 * Runs tests with one mutant after the other, as its parent tells it, in one vitest: a source is changed on its way into
 * the tests, and no file is written. A mutant that goes on for ever takes this process with it: the parent ends it and
 * starts another one.
 */
import { join } from "node:path";
import type { Plugin } from "vite";
import { createVitest } from "vitest/node";
import { root } from "../../test/helpers/sources.ts";
import { shared } from "../../test/vitest.config.ts";
import { type Mutant, mutated } from "./mutants.ts";

/** What the parent wants to know: whether all of these tests pass with this mutant. */
export interface Trial {
  /** undefined: with the sources as they are. */
  readonly mutant?: Mutant | undefined;
  /** Groups of files; where one fails, the next is not run. */
  readonly tests: readonly (readonly string[])[];
}

export interface TrialEnded {
  readonly passed: boolean;
}

let current: Mutant | undefined;

const plugin: Plugin = {
  name: "mutant",
  enforce: "pre",
  transform: (text, id) => (current && id === join(root, current.path) ? mutated(text, current) : undefined),
};

const vitest = await createVitest(
  {
    ...shared,
    config: false,
    root,
    include: ["test/{unit,contracts,rules}/**/*.test.ts"],
    watch: false,
    // In one worker, and it ends where the first test fails.
    maxWorkers: 1,
    bail: 1,
    fsModuleCache: false,
    reporters: [{}],
  },
  { plugins: [plugin] },
);
await vitest.standalone();

process.on("message", (trial: Trial) => {
  void passes(trial).then((passed) => process.send?.({ passed } satisfies TrialEnded));
});

async function passes({ mutant, tests }: Trial): Promise<boolean> {
  const changed = [current, mutant].flatMap((each) => each?.path ?? []);
  current = mutant;
  for (const path of changed) vitest.invalidateFile(join(root, path));
  for (const paths of tests) {
    const wanted = await vitest.globTestSpecifications(paths.map((path) => join(root, path)));
    const { testModules, unhandledErrors } = await vitest.runTestSpecifications(wanted);
    if (unhandledErrors.length > 0 || testModules.some((module) => !module.ok())) return false;
  }
  return true;
}
