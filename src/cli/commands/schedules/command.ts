import type { CommandOf } from "../../settings/command.ts";

export const schedules: CommandOf<readonly []> = {
  name: "schedules",
  group: "Look",
  summary: "List retry schedules, or show what one of them means",
  description:
    "Lists who tries again when, as far as it is known: number of attempts, time from the first to the last, and where that was taken from. With a name: all that is known, and each attempt. With delays of your own (docs/schedules.md): what they come to.",
  arguments: [{ name: "[schedule...]", description: "its name (svix), or delays: 1m,5m,30m" }],
  flags: [],
  examples: [
    { line: "hookcli schedules", says: "all of them" },
    { line: "hookcli schedules svix", says: "each attempt of this one" },
    { line: "hookcli schedules 'exp:1s*2^5<=60s ~10%'", says: "what your own would come to" },
  ],
  load: async () => (await import("./action.ts")).schedules,
};
