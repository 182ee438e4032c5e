import { filterFlags } from "../../flag-groups/filter-flags.ts";
import type { Flag } from "../../flags/flag.ts";
import type { FlagsOf } from "../../settings/flags.ts";

export const flags = [
  { flags: "--count <number>", description: "how many", default: "1" },
  { flags: "--timeout <duration>", description: "give up after this time; 0 waits for ever", default: "30s" },
  {
    flags: "--after <request>",
    description: "count only what came after this one; latest: from now on; 0: whatever is stored",
  },
  { flags: "--include-stored", description: "count whatever is stored, the same as --after 0" },
  ...filterFlags,
] as const satisfies readonly Flag[];

/** What was given to the command. */
export type Given = FlagsOf<(typeof flags)[number]>;
