import type { CommandOf } from "../../settings/command.ts";
import { flags } from "./flags.ts";

export const prune: CommandOf<typeof flags> = {
  name: "prune",
  group: "Manage",
  summary: "Remove the oldest requests and make the store smaller",
  description:
    "Removes the oldest requests until every limit is met, and gives the room back to the disk, which is all it does without a limit. Works on a full disk, and while hookcli listen runs. Ids of removed events stay known for 72 hours.",
  arguments: [],
  flags,
  examples: [
    { line: "hookcli prune --keep 1000", says: "the newest 1,000 stay" },
    { line: "hookcli prune --older-than 7d --dry-run", says: "what would go" },
    { line: "hookcli prune --max-size 500MB", says: "until database, log and body files take no more" },
  ],
  load: async () => (await import("./action.ts")).prune,
};
