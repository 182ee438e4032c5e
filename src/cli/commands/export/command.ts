import type { CommandOf } from "../../settings/command.ts";
import { flags } from "./flags.ts";

export const exportCommand: CommandOf<typeof flags> = {
  name: "export",
  group: "Look",
  summary: "Write requests as curl, HTTPie, fetch, HTTP, HAR or NDJSON",
  description:
    "Writes stored requests to standard output or a file, oldest first. Credentials are masked unless --reveal is given; ndjson and har with --reveal are what import reads back without a loss.",
  arguments: [
    { name: "[request...]", description: "42, #42, latest, a range such as 40..50, or the event's own id; several" },
  ],
  flags,
  examples: [
    { line: "hookcli export 42", says: "a curl command to paste" },
    { line: "hookcli export --failed --since 1h --format har -o failed.har", says: "for any HAR viewer" },
    { line: "hookcli export 40..50 --format ndjson --reveal -o backup.ndjson", says: "to read again with import" },
  ],
  load: async () => (await import("./action.ts")).exportRequests,
};
