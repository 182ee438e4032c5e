import type { CommandOf } from "../../settings/command.ts";
import { flags } from "./flags.ts";

export const show: CommandOf<typeof flags> = {
  name: "show",
  group: "Look",
  summary: "Show one request: headers, body, deliveries, attempts",
  arguments: [
    {
      name: "<request>",
      description: "42, #42, latest, latest~1 for the one before it, latest:order.*, or the event's own id",
    },
  ],
  flags,
  examples: [
    { line: "hookcli show latest", says: "what just came in" },
    { line: "hookcli show 42 --raw > body.json", says: "the body, byte for byte" },
  ],
  load: async () => (await import("./action.ts")).show,
};
