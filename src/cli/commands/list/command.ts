import { filterArgument } from "../../flag-groups/filter-flags.ts";
import type { CommandOf } from "../../settings/command.ts";
import { flags } from "./flags.ts";

export const list: CommandOf<typeof flags> = {
  name: "list",
  group: "Look",
  summary: "List stored requests, newest first",
  description:
    "Lists stored requests, newest first; with a filter those that match. Words are looked for in bodies up to 1 MiB: hookcli search goes through larger ones too.",
  arguments: [filterArgument],
  flags,
  examples: [
    { line: "hookcli list", says: "the newest 20" },
    { line: "hookcli list status:5xx type:order.*", says: "orders that your app answered with 5xx" },
    { line: "hookcli list --failed --since 1h", says: "what went wrong in the last hour" },
    { line: "hookcli list --limit 100 --json", says: "one JSON object a line" },
  ],
  load: async () => (await import("./action.ts")).list,
};
