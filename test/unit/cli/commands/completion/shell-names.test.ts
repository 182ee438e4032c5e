import { expect, test } from "vitest";
import { completion } from "../../../../../src/cli/commands/completion/command.ts";
import { SHELLS } from "../../../../../src/cli/commands/completion/shell-names.ts";

test("the shells are those that the command offers, and has an example for", () => {
  const [shell] = completion.arguments;
  expect(shell?.choices).toBe(SHELLS);
  expect(shell?.description).toBe("bash, zsh or fish");
  for (const name of SHELLS)
    expect(completion.examples.map(({ line }) => line)).toContainEqual(
      expect.stringContaining(`hookcli completion ${name} `),
    );
});
