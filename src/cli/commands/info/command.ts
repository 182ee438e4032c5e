import type { CommandOf } from "../../settings/command.ts";
import { flags } from "./flags.ts";

export const info: CommandOf<typeof flags> = {
  name: "info",
  group: "Manage",
  summary: "Show where the store is, what it holds, and whether it is sound",
  arguments: [],
  flags,
  excludes: { check: ["recover", "settings"], recover: ["settings"] },
  examples: [
    { line: "hookcli info", says: "path, sizes, counts, running listeners" },
    { line: "hookcli info --check", says: "goes through the whole file; about 0.5 s per 100 MB" },
    { line: "hookcli info --recover saved.db", says: "then go on with --db saved.db" },
  ],
  load: async () => (await import("./action.ts")).info,
};
