import type { CommandOf } from "../../settings/command.ts";
import { flags } from "./flags.ts";

export const diff: CommandOf<typeof flags> = {
  name: "diff",
  group: "Look",
  summary: "Compare two requests: method, target, headers, body",
  description:
    "Prints what differs. Bodies that are both JSON are compared field by field, whatever their formatting; other text line by line. Exit 0: they are the same; 1: they differ.",
  arguments: [
    {
      name: "<left>",
      description: "42, #42, latest, latest~1 for the one before it, latest:order.*, or the event's own id",
    },
    { name: "<right>", description: "the same" },
  ],
  flags,
  examples: [
    { line: "hookcli diff latest~1 latest", says: "what changed since the one before" },
    { line: "hookcli diff 42 44 --raw", says: "to the byte" },
  ],
  load: async () => (await import("./action.ts")).diff,
};
