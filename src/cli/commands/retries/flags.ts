import { filterFlags } from "../../flag-groups/filter-flags.ts";
import type { Flag } from "../../flags/flag.ts";
import type { FlagsOf } from "../../settings/flags.ts";

export const flags = [
  {
    flags: "--expect <schedule>",
    description: "hold it against this one (svix; 1m,5m,30m); exit 1 where it differs",
  },
  { flags: "--tolerance <how>", description: "how far a gap may be off, the greater of both", default: "10%,5s" },
  { flags: "-f, --follow", description: "print new attempts as they arrive, until Ctrl-C or an answer to --expect" },
  { flags: "--provider <name>", description: "only events of this provider: stripe" },
  ...filterFlags,
  { flags: "-n, --limit <number>", description: "without an event: how many", default: "20" },
] as const satisfies readonly Flag[];

/** What was given to the command. */
export type Given = FlagsOf<(typeof flags)[number]>;
