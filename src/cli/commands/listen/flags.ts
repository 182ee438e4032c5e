import { retentionFlags } from "../../flag-groups/retention-flags.ts";
import { secretFlag } from "../../flag-groups/secret-flags.ts";
import { targetFlags } from "../../flag-groups/target-flags.ts";
import { urlSignerNames } from "../../flag-groups/url-signer-names.ts";
import type { Flag } from "../../flags/flag.ts";
import type { FlagsOf } from "../../settings/flags.ts";

export const flags = [
  {
    flags: "-f, --forward <target>",
    description:
      "post requests to your app: 8000, :8000/hooks, localhost:8000, or a URL; again for more targets (the first one answers the sender)",
    env: "HOOKCLI_FORWARD",
    isRepeatable: true,
    inFile: "list",
  },
  {
    flags: "-p, --port <number>",
    description: "capture port; 0 lets the system choose (default: 4400, or the next free one)",
    env: "HOOKCLI_PORT",
    inFile: "number",
  },
  {
    flags: "--host <address>",
    description: "address to listen on",
    default: "127.0.0.1",
    env: "HOOKCLI_HOST",
    inFile: "text",
  },
  {
    flags: "--path <prefix>",
    description: "forward only requests whose path starts with it; the rest is stored",
    inFile: "text",
  },
  {
    flags: "--filter <text>",
    description:
      "forward only requests that match, the rest is stored: type:order.*, method:post, path:/hooks/*, header:x-foo=bar, a word (in bodies up to 1 MiB)",
    inFile: "text",
  },
  {
    flags: "--events <glob>",
    description:
      "forward only events of this type, the rest is stored: order.*, or several with commas; again for more",
    isRepeatable: true,
    inFile: "list",
  },
  secretFlag,
  {
    flags: "--provider <name>",
    description: "all requests are this provider's (default: each is recognised); hookcli providers lists them",
    env: "HOOKCLI_PROVIDER",
    inFile: "text",
  },
  {
    flags: "--verify [status]",
    description: "do not forward what does not verify, and answer it with this status (401 without one)",
    inFile: "option",
  },
  {
    flags: "--public-url <url>",
    description: `where the provider posts to, for the providers that sign it (${urlSignerNames.join(", ")})`,
    env: "HOOKCLI_PUBLIC_URL",
    inFile: "text",
  },
  {
    flags: "--handshake",
    description: "answer a provider's handshake instead of your app (without a target it is always answered)",
    inFile: "switch",
  },
  {
    flags: "-H, --header <field>",
    description: 'set a header on what is forwarded ("X-Env: dev"), or remove one ("X-Old:"); again for more',
    isRepeatable: true,
    inFile: "list",
  },
  {
    flags: "--preserve-host",
    description: "forward the sender's Host header instead of the target's",
    inFile: "switch",
  },
  ...targetFlags,
  {
    flags: "--concurrency <number>",
    description: "requests at a time to each target; 1 keeps their order (default: as they arrive)",
    inFile: "number",
  },
  {
    flags: "--on-error <reply>",
    description: "what the sender gets when a target gives no answer: 502 or ack",
    default: "502",
    choices: ["502", "ack"],
    inFile: "scalar",
  },
  {
    flags: "--respond <reply>",
    description:
      'what the sender gets when nothing is forwarded: a status, or status:body (default: 200:{"status":"captured","id":…})',
    inFile: "scalar",
  },
  {
    flags: "--fail <plan>",
    description:
      "go wrong on purpose, so that the sender tries again: 500x2,timeout:20s,after:reset,ok (hookcli faults lists what there is)",
    env: "HOOKCLI_FAIL",
    inFile: "scalar",
  },
  {
    flags: "--fail-per <scope>",
    description: "who goes its own way through the plan: each event, each path, or all requests together",
    default: "event",
    choices: ["event", "path", "all"],
    inFile: "text",
  },
  {
    flags: "--fail-rate <share>",
    description: "only this share of the requests, chosen by dice, meets the plan: 30% (default: all)",
    inFile: "scalar",
  },
  {
    flags: "--fail-match <filter>",
    description: "only requests that match meet the plan: type:order.*, path:/hooks/*",
    inFile: "text",
  },
  {
    flags: "--seed <number>",
    description: "the dice of an earlier --fail-rate (default: others each time)",
    inFile: "number",
  },
  {
    flags: "--max-body <size>",
    description: "keep bodies up to this size; a larger one is cut and answered 413",
    default: "25MiB",
    env: "HOOKCLI_MAX_BODY",
    inFile: "scalar",
  },
  ...retentionFlags,
  { flags: "--ephemeral", description: "use a store of its own that is deleted at the end" },
  { flags: "--exit-after <count>", description: "end after so many requests" },
  { flags: "--for <duration>", description: "end after this time" },
  { flags: "-q, --quiet", description: "print failures only" },
] as const satisfies readonly Flag[];

/** What was given to the command. */
export type Given = FlagsOf<(typeof flags)[number]>;
