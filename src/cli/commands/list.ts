import type { Command } from "./command.ts";

export const list: Command = {
  name: "list",
  group: "Look",
  summary: "List stored requests, newest first",
  arguments: [],
  flags: [
    { flags: "-n, --limit <number>", description: "how many", default: "20" },
    { flags: "-a, --all", description: "malformed ones too: bytes that were no valid HTTP" },
  ],
  examples: [
    { line: "hookcli list", says: "the newest 20" },
    { line: "hookcli list --limit 100 --json", says: "one JSON object a line" },
  ],
  load: async () => (await import("../actions/list.ts")).list,
};
