import type { CommandOf } from "../../settings/command.ts";
import { flags } from "./flags.ts";

export const importCommand: CommandOf<typeof flags> = {
  name: "import",
  group: "Manage",
  summary: "Read requests from NDJSON, HAR, raw HTTP or curl files",
  description:
    "Stores the requests of a file beside those that were captured; nothing is forwarded. The file is read whole before anything is stored.",
  arguments: [{ name: "<file>", description: "a path, or - for standard input" }],
  flags,
  examples: [
    { line: "hookcli import backup.ndjson", says: "what hookcli export wrote" },
    { line: "hookcli import - < request.txt", says: "a curl command from somebody's docs" },
  ],
  load: async () => (await import("./action.ts")).importRequests,
};
