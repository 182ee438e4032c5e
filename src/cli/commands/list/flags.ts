import { filterFlags } from "../../flag-groups/filter-flags.ts";
import type { Flag } from "../../flags/flag.ts";
import type { FlagsOf } from "../../settings/flags.ts";

export const flags = [
  ...filterFlags,
  { flags: "-n, --limit <number>", description: "how many", default: "20", inFile: "number" },
  { flags: "--before <request>", description: "only those older than this one: the next page" },
  { flags: "-a, --all", description: "malformed ones too: bytes that were no valid HTTP" },
] as const satisfies readonly Flag[];

/** What was given to the command. */
export type Given = FlagsOf<(typeof flags)[number]>;
