import { outgoingFaultNames } from "../../../core/faults/outgoing/outgoing-fault-names.ts";
import { envelopeNames } from "../../../core/samples/envelope-names.ts";
import { signingSecretFlag } from "../../flag-groups/secret-flags.ts";
import { targetFlags } from "../../flag-groups/target-flags.ts";
import type { Flag } from "../../flags/flag.ts";
import type { FlagsOf } from "../../settings/flags.ts";

export const flags = [
  {
    flags: "--to <target>",
    description: "send it there: 8000, localhost:8000/hooks, or a URL; again for more (default: the running listener)",
    isRepeatable: true,
  },
  { flags: "--path <path>", description: "path under each target, also of the listener", default: "/" },
  {
    flags: "--provider <name>",
    description: "whose event it is; hookcli providers lists them (default: generic)",
    env: "HOOKCLI_PROVIDER",
    inFile: "text",
  },
  signingSecretFlag,
  { flags: "--unsigned", description: "send no signature, whatever secrets are there" },
  {
    flags: "--envelope <name>",
    description: `the form of an event of no provider: ${envelopeNames.join(", ")}`,
    choices: envelopeNames,
    inFile: "text",
  },
  {
    flags: "-d, --data <json|@file|->",
    description: "the whole body instead of a sample, sent as it stands: the text, a file's content, or standard input",
  },
  {
    flags: "--set <path=text>",
    description: "set text in the body: data.items[0].status=paid; again for more",
    isRepeatable: true,
  },
  {
    flags: "--set-json <path=json>",
    description: "set any JSON value in the body: data.amount=4900; again for more",
    isRepeatable: true,
  },
  {
    flags: "-H, --header <field>",
    description: 'set a header ("X-Env: dev"), or remove one ("X-Old:"); again for more',
    isRepeatable: true,
  },
  { flags: "--id <id>", description: "the event's id (default: a fresh one)" },
  {
    flags: "--timestamp <time>",
    description: "when it occurred and was signed: -10m, +10m, or 2026-11-22T14:00:00Z (default: now)",
  },
  { flags: "--api-version <version>", description: "the version that the event names, where its provider has them" },
  { flags: "--thin", description: "leave out the object that the event is about" },
  { flags: "--count <number>", description: "how many times to send, each time about another object", default: "1" },
  { flags: "--rate <number/s>", description: "so many starts a second: 50/s, or 30/m (default: as fast as they go)" },
  {
    flags: "--concurrency <number>",
    description: "how many may be under way at a time (default: 1, with --rate 100)",
  },
  {
    flags: "--duplicate <number>",
    description: "send each event so many times more, with the same id",
    default: "0",
  },
  { flags: "--shuffle", description: "in a random order" },
  { flags: "--seed <number>", description: "the order of an earlier --shuffle" },
  { flags: "--tamper", description: "change one byte of the body after it was signed" },
  {
    flags: "--fault <name>",
    description: `send it wrong on purpose: ${outgoingFaultNames.join(", ")}; again for more (hookcli faults tells what each is)`,
    isRepeatable: true,
    choices: outgoingFaultNames,
  },
  { flags: "--force", description: "send a type that hookcli does not know of the provider" },
  {
    flags: "--public-url <url>",
    description: "where the provider would post to, for those that sign it (default: the target)",
    env: "HOOKCLI_PUBLIC_URL",
    inFile: "text",
  },
  ...targetFlags,
  { flags: "--dry-run", description: "print what would be sent, also as curl, and send nothing" },
  { flags: "-q, --quiet", description: "print failures and the summary only" },
] as const satisfies readonly Flag[];

/** What was given to the command. */
export type Given = FlagsOf<(typeof flags)[number]>;
