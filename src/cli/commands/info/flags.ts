import type { Flag } from "../../flags/flag.ts";
import type { FlagsOf } from "../../settings/flags.ts";

export const flags = [
  { flags: "--check", description: "look for damage and for lost body files; exit 1 where there is any" },
  {
    flags: "--recover <file>",
    description: "save what can be read of a damaged store into this new one; the damaged one is not touched",
  },
  { flags: "--settings", description: "every setting, its value, and where that comes from" },
] as const satisfies readonly Flag[];

/** What was given to the command. */
export type Given = FlagsOf<(typeof flags)[number]>;
