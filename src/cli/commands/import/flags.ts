import type { Flag } from "../../flags/flag.ts";
import type { FlagsOf } from "../../settings/flags.ts";

export const flags = [
  {
    flags: "--format <name>",
    description: "har, ndjson, http or curl (default: what the file looks like)",
    choices: ["har", "ndjson", "http", "curl"],
  },
] as const satisfies readonly Flag[];

/** What was given to the command. */
export type Given = FlagsOf<(typeof flags)[number]>;
