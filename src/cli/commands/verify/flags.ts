import { secretFlag } from "../../flag-groups/secret-flags.ts";
import { urlSignerNames } from "../../flag-groups/url-signer-names.ts";
import type { Flag } from "../../flags/flag.ts";
import type { FlagsOf } from "../../settings/flags.ts";

export const flags = [
  secretFlag,
  {
    flags: "--provider <name>",
    description: "whose request it is (default: it is recognised); hookcli providers lists them",
    env: "HOOKCLI_PROVIDER",
  },
  {
    flags: "--at <time>",
    description: "count the age against this time: now, 2026-03-04T05:06:07Z or epoch seconds (default: when it came)",
  },
  {
    flags: "--tolerance <duration>",
    description: "greatest age in place of the provider's own; 0: any age",
  },
  {
    flags: "--public-url <url>",
    description: `where the provider posts to, for the providers that sign it (${urlSignerNames.join(", ")})`,
    env: "HOOKCLI_PUBLIC_URL",
  },
  { flags: "--body-file <file>", description: "verify this body, which is in no store; - reads standard input" },
  {
    flags: "-H, --header <field>",
    description: 'a header of it ("Name: value"); again for more',
    isRepeatable: true,
  },
  { flags: "--method <method>", description: "its method (default: POST)" },
  { flags: "--url <url>", description: "the address that it was posted to, or its path" },
  { flags: "--reveal", description: "print the expected signature, and mask nothing in bodies and addresses" },
] as const satisfies readonly Flag[];

/** What was given to the command. */
export type Given = FlagsOf<(typeof flags)[number]>;
