import { expect, test } from "vitest";
import { completionScripts } from "../../../../../src/cli/commands/completion/scripts.ts";
import { SHELLS } from "../../../../../src/cli/commands/completion/shell-names.ts";

test("each shell has a script, and no other has one", () => {
  expect(Object.keys(completionScripts)).toEqual(SHELLS);
});

test.each(SHELLS)("the script for %s asks hookcli itself what fits, and says where it belongs", (shell) => {
  const script = completionScripts[shell];
  expect(script).toMatch(/ complete -- /);
  expect(script).toContain(`hookcli completion for ${shell}.`);
});
