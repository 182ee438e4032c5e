import type { CommandOf } from "../../settings/command.ts";
import { flags } from "./flags.ts";

export const replay: CommandOf<typeof flags> = {
  name: "replay",
  aliases: ["redeliver", "resend"],
  group: "Send",
  summary: "Send stored requests again",
  description:
    "Sends stored requests to the running listener's targets, or to where each went before; oldest first, one after the other. The bytes are those that came; a signature that carries a time is made anew where the secret is known and the old one held, and so is one that no longer fits because the content was edited. Works while hookcli listen runs in another terminal, and appears there. Each line says whether that is better or worse than the time before: fixed, regressed, still failing, still passing.",
  arguments: [
    {
      name: "[request...]",
      description: "42, latest, latest~1, latest:order.*, an event's id, 40..50; or leave it out and use a filter",
    },
  ],
  flags,
  excludes: { "as-captured": ["header", "set", "set-json", "body", "edit", "secret"] },
  needs: { seed: "shuffle", reveal: "dry-run" },
  examples: [
    { line: "hookcli replay 42", says: "again, to the same app" },
    { line: "hookcli replay latest --to localhost:9000", says: "the newest one, somewhere else" },
    { line: "hookcli replay --failed --since 2h --yes", says: "all that failed in the last two hours" },
    { line: "hookcli replay 42 --set data.status=paid", says: "with another value in its body, as a new request" },
    { line: "hookcli replay 40..50 --times 3 --shuffle", says: "duplicates, out of order" },
  ],
  load: async () => (await import("./action.ts")).replay,
};
