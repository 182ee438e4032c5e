import { filterFlags } from "../../flag-groups/filter-flags.ts";
import { signingSecretFlag } from "../../flag-groups/secret-flags.ts";
import { targetFlags } from "../../flag-groups/target-flags.ts";
import type { Command } from "../../settings/command.ts";

export const replay: Command = {
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
  flags: [
    ...filterFlags,
    {
      flags: "--to <target>",
      description: "send it there instead: 8000, localhost:8000/hooks, or a URL; again for more",
      isRepeatable: true,
    },
    { flags: "--times <number>", description: "how often to send each", default: "1" },
    { flags: "--interval <duration>", description: "least time between two starts", default: "0" },
    { flags: "--concurrency <number>", description: "how many may be under way at a time", default: "1" },
    { flags: "--shuffle", description: "in a random order, across all rounds of --times" },
    { flags: "--seed <number>", description: "the order of an earlier --shuffle" },
    {
      flags: "--set <path=text>",
      description: "set text in the JSON body: data.items[0].status=paid; again for more",
      isRepeatable: true,
    },
    {
      flags: "--set-json <path=json>",
      description: "set any JSON value in the body: data.amount=4900; again for more",
      isRepeatable: true,
    },
    { flags: "--body <text|@file|->", description: "another body: the text, a file's content, or standard input" },
    { flags: "-e, --edit", description: "edit request line, headers and body in $VISUAL or $EDITOR first" },
    { flags: "--dry-run", description: "print what would be sent, also as curl, and send nothing" },
    { flags: "--reveal", description: "with --dry-run: show credentials too" },
    { flags: "-y, --yes", description: "do not ask, however many there are" },
    { flags: "-q, --quiet", description: "print failures and the summary only" },
    {
      flags: "--as-captured",
      description: "the exact bytes that came, old signature and all (default: it is renewed where it held and ages)",
    },
    signingSecretFlag,
    {
      flags: "--provider <name>",
      description: "sign as this provider does (default: as recognised); hookcli providers lists them",
      env: "HOOKCLI_PROVIDER",
      inFile: "text",
    },
    {
      flags: "--public-url <url>",
      description: "the address to sign, for the providers that sign it (Twilio, Square, HubSpot, Trello)",
      env: "HOOKCLI_PUBLIC_URL",
      inFile: "text",
    },
    {
      flags: "-H, --header <field>",
      description: 'set a header ("X-Env: dev"), or remove one ("X-Old:"); again for more',
      isRepeatable: true,
      inFile: "list",
    },
    {
      flags: "--preserve-host",
      description: "send the captured Host header instead of the target's",
      inFile: "switch",
    },
    ...targetFlags,
    { flags: "--force", description: "send a request of which only a part was stored" },
  ],
  examples: [
    { line: "hookcli replay 42", says: "again, to the same app" },
    { line: "hookcli replay latest --to localhost:9000", says: "the newest one, somewhere else" },
    { line: "hookcli replay --failed --since 2h --yes", says: "all that failed in the last two hours" },
    { line: "hookcli replay 42 --set data.status=paid", says: "with another value in its body, as a new request" },
    { line: "hookcli replay 40..50 --times 3 --shuffle", says: "duplicates, out of order" },
  ],
  load: async () => (await import("./action.ts")).replay,
};
