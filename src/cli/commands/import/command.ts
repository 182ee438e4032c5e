import type { Command } from "../../settings/command.ts";

export const importCommand: Command = {
  name: "import",
  group: "Manage",
  summary: "Read requests from NDJSON, HAR, raw HTTP or curl files",
  description:
    "Stores the requests of a file beside those that were captured; nothing is forwarded. The file is read whole before anything is stored.",
  arguments: [{ name: "<file>", description: "a path, or - for standard input" }],
  flags: [
    {
      flags: "--format <name>",
      description: "har, ndjson, http or curl (default: what the file looks like)",
      choices: ["har", "ndjson", "http", "curl"],
    },
  ],
  examples: [
    { line: "hookcli import backup.ndjson", says: "what hookcli export wrote" },
    { line: "hookcli import - < request.txt", says: "a curl command from somebody's docs" },
  ],
  load: async () => (await import("./action.ts")).importRequests,
};
