import type { Command } from "../../settings/command.ts";

export const info: Command = {
  name: "info",
  group: "Manage",
  summary: "Show where the store is, what it holds, and whether it is sound",
  arguments: [],
  flags: [
    { flags: "--check", description: "look for damage and for lost body files; exit 1 where there is any" },
    {
      flags: "--recover <file>",
      description: "save what can be read of a damaged store into this new one; the damaged one is not touched",
    },
    { flags: "--settings", description: "every setting, its value, and where that comes from" },
  ],
  examples: [
    { line: "hookcli info", says: "path, sizes, counts, running listeners" },
    { line: "hookcli info --check", says: "goes through the whole file; about 0.5 s per 100 MB" },
    { line: "hookcli info --recover saved.db", says: "then go on with --db saved.db" },
  ],
  load: async () => (await import("./action.ts")).info,
};
