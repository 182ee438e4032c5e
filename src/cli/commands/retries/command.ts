import { filterFlags } from "../../flag-groups/filter-flags.ts";
import type { Command } from "../../settings/command.ts";

export const retries: Command = {
  name: "retries",
  group: "Look",
  summary: "Show how often an event came, against its sender's schedule",
  description:
    "Puts together what was captured of one event (of one body, where no event is named): each attempt, the gap before it, what the sender was told, and what it said of itself. Each gap is held against the provider's documented schedule: on time, early, late, missing or extra. Where a comparison would mean nothing, it says why. Without an event: those that came more than once, newest first.",
  arguments: [{ name: "[event]", description: "the event's id, or a request that carries it: 42, latest" }],
  flags: [
    {
      flags: "--expect <schedule>",
      description: "hold it against this one (svix; 1m,5m,30m); exit 1 where it differs",
    },
    { flags: "--tolerance <how>", description: "how far a gap may be off, the greater of both", default: "10%,5s" },
    { flags: "-f, --follow", description: "print new attempts as they arrive, until Ctrl-C or an answer to --expect" },
    { flags: "--provider <name>", description: "only events of this provider: stripe" },
    ...filterFlags,
    { flags: "-n, --limit <number>", description: "without an event: how many", default: "20" },
  ],
  examples: [
    { line: "hookcli retries", says: "events that came more than once" },
    { line: "hookcli retries latest", says: "the attempts of the newest event" },
    { line: "hookcli retries evt_1GqIC8 --expect 1m,5m,30m", says: "whether it is sent again as you think" },
    { line: "hookcli retries latest --follow --json", says: "one JSON object at each change" },
  ],
  load: async () => (await import("./action.ts")).retries,
};
