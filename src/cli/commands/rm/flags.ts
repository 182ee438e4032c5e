import { filterFlags } from "../../flag-groups/filter-flags.ts";
import type { Flag } from "../../flags/flag.ts";
import type { FlagsOf } from "../../settings/flags.ts";

export const flags = [
  ...filterFlags,
  { flags: "-y, --yes", description: "remove several without asking" },
  { flags: "--dry-run", description: "remove nothing, say what would go" },
] as const satisfies readonly Flag[];

/** What was given to the command. */
export type Given = FlagsOf<(typeof flags)[number]>;
