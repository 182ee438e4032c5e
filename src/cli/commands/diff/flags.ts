import type { Flag } from "../../flags/flag.ts";
import type { FlagsOf } from "../../settings/flags.ts";

export const flags = [
  {
    flags: "--raw",
    description: "exact bytes, line by line, nothing in bodies masked; order and letter case of headers count",
  },
  { flags: "--reveal", description: "do not mask credentials" },
] as const satisfies readonly Flag[];

/** What was given to the command. */
export type Given = FlagsOf<(typeof flags)[number]>;
