import { filterFlags } from "../../flag-groups/filter-flags.ts";
import { signingSecretFlag } from "../../flag-groups/secret-flags.ts";
import { targetFlags } from "../../flag-groups/target-flags.ts";
import { urlSignerNames } from "../../flag-groups/url-signer-names.ts";
import type { Flag } from "../../flags/flag.ts";
import type { FlagsOf } from "../../settings/flags.ts";

export const flags = [
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
  { flags: "--reveal", description: "show credentials too" },
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
    description: `the address to sign, for the providers that sign it (${urlSignerNames.join(", ")})`,
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
] as const satisfies readonly Flag[];

/** What was given to the command. */
export type Given = FlagsOf<(typeof flags)[number]>;
