import type { CommandOf } from "../../settings/command.ts";
import { flags } from "./flags.ts";

export const rm: CommandOf<typeof flags> = {
  name: "rm",
  group: "Manage",
  summary: "Remove requests with bodies, deliveries and attempts",
  description:
    "Removes stored requests and all that belongs to them, for good. A request whose delivery is running is left. Ids are never used again.",
  arguments: [
    { name: "[request...]", description: "42, #42, latest, a range such as 40..50, or the event's own id; several" },
  ],
  flags,
  examples: [
    { line: "hookcli rm 42", says: "one request" },
    { line: "hookcli rm 40..50 --yes", says: "a range, both ends included" },
    { line: "hookcli rm --failed --since 1h --dry-run", says: "what would go" },
  ],
  load: async () => (await import("./action.ts")).rm,
};
