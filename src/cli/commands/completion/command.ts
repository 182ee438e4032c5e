import type { CommandOf } from "../../settings/command.ts";
import { SHELLS } from "./shell-names.ts";

export const completion: CommandOf<readonly []> = {
  name: "completion",
  group: "Manage",
  summary: "Print a script that completes commands in your shell",
  description:
    "Completes commands, flags and their values, and requests by their ids, which are read from the store when you press Tab. The script's first lines say where it belongs.",
  arguments: [{ name: "<shell>", description: "bash, zsh or fish", choices: SHELLS }],
  flags: [],
  examples: [
    { line: "hookcli completion bash >> ~/.bashrc", says: "for bash" },
    { line: "hookcli completion zsh >> ~/.zshrc", says: "for zsh" },
    { line: "hookcli completion fish > ~/.config/fish/completions/hookcli.fish", says: "for fish" },
  ],
  ignoresConfig: true,
  load: async () => (await import("./action.ts")).completion,
};
