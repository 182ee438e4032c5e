import type { Command } from "../../settings/command.ts";

export const show: Command = {
  name: "show",
  group: "Look",
  summary: "Show one request: headers, body, deliveries, attempts",
  arguments: [
    {
      name: "<request>",
      description: "42, #42, latest, latest~1 for the one before it, latest:order.*, or the event's own id",
    },
  ],
  flags: [
    { flags: "--headers", description: "only the headers, all of them" },
    { flags: "--body", description: "only the body, whole, with control characters escaped" },
    { flags: "--raw", description: "only the body, exact bytes" },
    { flags: "--reveal", description: "do not mask credentials" },
  ],
  examples: [
    { line: "hookcli show latest", says: "what just came in" },
    { line: "hookcli show 42 --raw > body.json", says: "the body, byte for byte" },
  ],
  load: async () => (await import("./action.ts")).show,
};
