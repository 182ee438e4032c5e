/**
 * Changes the sources below a folder in one place at a time, and tells which changes no test of theirs notices:
 *
 *   npm run mutate -- src/core/schedules [--with test/contracts/schedules.test.ts]... [--verbose]
 *
 * The tests are those that mirror the folder; `--with` adds files to them. For whoever changes what has to be right to the
 * last comparison (signing and verifying, schedules, store, masking, escaping); it takes minutes, and is no part of
 * `npm test`. A survivor is a question: is a test missing, or does the change make no difference? Nothing is written
 * anywhere. Ends with 1 where one has survived.
 */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { filesBelow, textOf } from "../test/helpers/sources.ts";
import { described, type Mutant, mutantsOf } from "./mutate/mutants.ts";
import { TrialProcess, type Verdict } from "./mutate/trials.ts";

/** A mutant may take so many times as long as the sources as they are. */
const PATIENCE = 5;
const LEAST_PATIENCE_MS = 20_000;
const FIRST_LIMIT_MS = 600_000;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { with: { type: "string", multiple: true, default: [] }, verbose: { type: "boolean", default: false } },
});
const places = positionals.map((place) => place.replace(/\/$/, ""));
const sources = places.flatMap((place) => (place.endsWith(".ts") ? [place] : filesBelow(place)));
if (sources.length === 0 || sources.some((path) => !path.startsWith("src/"))) {
  console.error("name a folder or a file of src, such as: npm run mutate -- src/core/schedules");
  process.exit(2);
}

const tests = [...new Set([...places.flatMap(testsOf), ...values.with])];
const processes = Array.from({ length: availableParallelism() }, () => new TrialProcess());
process.on("exit", () => processes.forEach((each) => each.end()));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(1));

const limitMs = await limitOf(processes);
const mutants = sources.flatMap((path) => mutantsOf(path, textOf(path)));
console.log(`${mutants.length} mutants of ${sources.length} files, ${tests.length} files of tests`);
const verdicts = new Map<Mutant, Verdict>();
const waiting = [...mutants];
await Promise.all(
  processes.map(async (each) => {
    for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
      const verdict = await each.run({ mutant, tests: groupsFor(mutant) }, limitMs);
      verdicts.set(mutant, verdict);
      if (verdict === "passed" || values.verbose)
        console.log(`${told(verdict)} ${described(textOf(mutant.path), mutant)}`);
    }
    each.end();
  }),
);

const count = (wanted: Verdict): number => [...verdicts.values()].filter((verdict) => verdict === wanted).length;
console.log(
  `${mutants.length} mutants, ${count("failed")} killed, ${count("passed")} survived, ${count("timed out")} timed out`,
);
process.exitCode = count("passed") === 0 ? 0 : 1;

/** The test of the file itself first: it notices most. */
function groupsFor({ path }: Mutant): readonly (readonly string[])[] {
  const [own] = testsOf(path).filter((test) => tests.includes(test));
  if (own === undefined) return [tests];
  const rest = tests.filter((test) => test !== own);
  return rest.length > 0 ? [[own], rest] : [[own]];
}

/** Where the tests of a folder or of a file stand. */
function testsOf(place: string): readonly string[] {
  const mirror = place.replace(/^src\//, "test/unit/");
  if (!place.endsWith(".ts")) return filesBelow(mirror, /\.test\.ts$/);
  const test = mirror.replace(/\.ts$/, ".test.ts");
  return filesBelow("test/unit", /\.test\.ts$/).includes(test) ? [test] : [];
}

/** How long a mutant may take. Each process has started afterwards, and the tests pass without a mutant. */
async function limitOf(all: readonly TrialProcess[]): Promise<number> {
  const startedMs = performance.now();
  const first = await Promise.all(all.map((each) => each.run({ tests: [tests] }, FIRST_LIMIT_MS)));
  if (first.some((verdict) => verdict !== "passed")) {
    console.error(tests.length === 0 ? "there are no tests of it" : `without a mutant the tests have ${first[0]}`);
    process.exit(2);
  }
  return Math.max((performance.now() - startedMs) * PATIENCE, LEAST_PATIENCE_MS);
}

function told(verdict: Verdict): string {
  return { passed: "survived ", failed: "killed   ", "timed out": "timed out" }[verdict];
}
