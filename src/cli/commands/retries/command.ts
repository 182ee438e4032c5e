import type { CommandOf } from "../../settings/command.ts";
import { flags } from "./flags.ts";

export const retries: CommandOf<typeof flags> = {
  name: "retries",
  group: "Look",
  summary: "Show how often an event came, against its sender's schedule",
  description:
    "Puts together what was captured of one event (of one body, where no event is named): each attempt, the gap before it, what the sender was told, and what it said of itself. Each gap is held against the provider's documented schedule: on time, early, late, missing or extra. Where a comparison would mean nothing, it says why. Without an event: those that came more than once, newest first.",
  arguments: [{ name: "[event]", description: "the event's id, or a request that carries it: 42, latest" }],
  flags,
  examples: [
    { line: "hookcli retries", says: "events that came more than once" },
    { line: "hookcli retries latest", says: "the attempts of the newest event" },
    { line: "hookcli retries evt_1GqIC8 --expect 1m,5m,30m", says: "whether it is sent again as you think" },
    { line: "hookcli retries latest --follow --json", says: "one JSON object at each change" },
  ],
  load: async () => (await import("./action.ts")).retries,
};
