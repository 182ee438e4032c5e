import { filterArgument, filterFlags } from "../../flag-groups/filter-flags.ts";
import type { Command } from "../../settings/command.ts";

export const search: Command = {
  name: "search",
  group: "Look",
  summary: "Look through everything stored, large bodies included",
  description:
    "Goes through all that is stored, newest first, bodies of any size and malformed requests included, and prints each match as it is found. Capture goes on undisturbed meanwhile.",
  arguments: [filterArgument],
  flags: [...filterFlags, { flags: "-n, --limit <number>", description: "end after so many matches", default: "20" }],
  examples: [
    { line: "hookcli search evt_1GqIC8", says: "wherever it stands: path, headers, event type, body" },
    { line: `hookcli search '"card declined"' --since 2h`, says: "these words side by side" },
    { line: "hookcli search type:order.* refund --json", says: "orders with this word in them, as JSON" },
  ],
  load: async () => (await import("./action.ts")).search,
};
