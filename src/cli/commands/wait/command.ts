import { filterArgument, filterFlags } from "../../flag-groups/filter-flags.ts";
import type { Command } from "../../settings/command.ts";

export const wait: Command = {
  name: "wait",
  group: "Look",
  summary: "Block until requests that match are there",
  description:
    "For scripts: counts the requests that came since the running listener started (without a listener: those that come from now on), so that one which was faster than this command is not missed. A filter about the delivery (is:ok, status:2xx) is answered when the delivery has ended. Prints each match as list does; exit 124 when the time is over.",
  arguments: [filterArgument],
  flags: [
    { flags: "--count <number>", description: "how many", default: "1" },
    { flags: "--timeout <duration>", description: "give up after this time; 0 waits for ever", default: "30s" },
    {
      flags: "--after <request>",
      description: "count only what came after this one; latest: from now on; 0: whatever is stored",
    },
    { flags: "--include-stored", description: "count whatever is stored, the same as --after 0" },
    ...filterFlags,
  ],
  examples: [
    { line: "hookcli wait type:order.completed is:ok", says: "until your app has accepted one" },
    { line: "hookcli wait status:5xx --count 3 --timeout 2m", says: "until it has failed three times" },
    { line: "hookcli wait --after 42 --json", says: "the next one after request 42" },
  ],
  load: async () => (await import("./action.ts")).wait,
};
