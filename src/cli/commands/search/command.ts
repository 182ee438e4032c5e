import { filterArgument } from "../../flag-groups/filter-flags.ts";
import type { CommandOf } from "../../settings/command.ts";
import { flags } from "./flags.ts";

export const search: CommandOf<typeof flags> = {
  name: "search",
  group: "Look",
  summary: "Look through everything stored, large bodies included",
  description:
    "Goes through all that is stored, newest first, bodies of any size and malformed requests included, and prints each match as it is found. Capture goes on undisturbed meanwhile.",
  arguments: [filterArgument],
  flags,
  examples: [
    { line: "hookcli search evt_1GqIC8", says: "wherever it stands: path, headers, event type, body" },
    { line: `hookcli search '"card declined"' --since 2h`, says: "these words side by side" },
    { line: "hookcli search type:order.* refund --json", says: "orders with this word in them, as JSON" },
  ],
  load: async () => (await import("./action.ts")).search,
};
