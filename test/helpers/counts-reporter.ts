import { writeFileSync } from "node:fs";
import type { Reporter, TestCase, TestModule } from "vitest/node";

/**
 * Prints each skipped test with its reason, and leaves the counts of the run
 * in the file that HOOKCLI_TEST_COUNTS names (unset: no file).
 * A file or suite that fails outside its tests, and an unhandled error, each count as one failure.
 */
export class CountsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const inState = (state: string) => tests.filter((test) => test.result().state === state);
    const skipped = [...inState("skipped"), ...inState("pending")];
    if (skipped.length > 0) console.log(describeSkipped(skipped));
    const counts = {
      passed: inState("passed").length,
      failed: inState("failed").length + failuresOutsideTests(modules) + unhandledErrors.length,
      skipped: skipped.length,
    };
    const file = process.env["HOOKCLI_TEST_COUNTS"];
    if (file !== undefined) writeFileSync(file, JSON.stringify(counts));
  }
}

function failuresOutsideTests(modules: readonly TestModule[]): number {
  return modules
    .flatMap((module) => [module, ...module.children.allSuites()])
    .filter((group) => group.errors().length > 0).length;
}

function describeSkipped(skipped: readonly TestCase[]): string {
  const lines = skipped.map((test) => {
    const result = test.result();
    const reason = (result.state === "skipped" && result.note) || "no reason given";
    return `  SKIPPED  ${test.module.relativeModuleId} > ${test.fullName}: ${reason}`;
  });
  return ["", `${skipped.length} tests did not run:`, ...lines, ""].join("\n");
}
