import { filterFlags } from "../../flag-groups/filter-flags.ts";
import type { Command } from "../../settings/command.ts";

const formats = ["curl", "httpie", "fetch", "http", "har", "ndjson"];

export const exportCommand: Command = {
  name: "export",
  group: "Look",
  summary: "Write requests as curl, HTTPie, fetch, HTTP, HAR or NDJSON",
  description:
    "Writes stored requests to standard output or a file, oldest first. Credentials are masked unless --reveal is given; ndjson and har with --reveal are what import reads back without a loss.",
  arguments: [
    { name: "[request...]", description: "42, #42, latest, a range such as 40..50, or the event's own id; several" },
  ],
  flags: [
    { flags: "--format <name>", description: "one of the six", default: "curl", choices: formats },
    ...filterFlags,
    { flags: "--to <target>", description: "the address that they are written for (default: where they were sent)" },
    { flags: "-o, --output <file>", description: "write to this file, readable for you alone" },
    { flags: "--reveal", description: "credentials in plain text" },
  ],
  examples: [
    { line: "hookcli export 42", says: "a curl command to paste" },
    { line: "hookcli export --failed --since 1h --format har -o failed.har", says: "for any HAR viewer" },
    { line: "hookcli export 40..50 --format ndjson --reveal -o backup.ndjson", says: "to read again with import" },
  ],
  load: async () => (await import("./action.ts")).exportRequests,
};
