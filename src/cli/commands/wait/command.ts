import { filterArgument } from "../../flag-groups/filter-flags.ts";
import type { CommandOf } from "../../settings/command.ts";
import { flags } from "./flags.ts";

export const wait: CommandOf<typeof flags> = {
  name: "wait",
  group: "Look",
  summary: "Block until requests that match are there",
  description:
    "For scripts: counts the requests that came since the running listener started (without a listener: those that come from now on), so that one which was faster than this command is not missed. A filter about the delivery (is:ok, status:2xx) is answered when the delivery has ended. Prints each match as list does; exit 124 when the time is over.",
  arguments: [filterArgument],
  flags,
  excludes: { after: ["include-stored"] },
  examples: [
    { line: "hookcli wait type:order.completed is:ok", says: "until your app has accepted one" },
    { line: "hookcli wait status:5xx --count 3 --timeout 2m", says: "until it has failed three times" },
    { line: "hookcli wait --after 42 --json", says: "the next one after request 42" },
  ],
  load: async () => (await import("./action.ts")).wait,
};
