import type { CommandOf } from "../../settings/command.ts";

export const faults: CommandOf<readonly []> = {
  name: "faults",
  group: "Look",
  summary: "List the ways in which hookcli misbehaves on purpose",
  description:
    "Lists every fault that a plan may hold, what the sender makes of it and how it is written; then what hookcli send can do to a handler. docs/faults.md tells how plans are written.",
  arguments: [],
  flags: [],
  examples: [
    { line: "hookcli faults", says: "all of them" },
    { line: "hookcli faults --json", says: "one a line, for programs" },
  ],
  load: async () => (await import("./action.ts")).faults,
};
