import type { Flag } from "../../flags/flag.ts";
import type { FlagsOf } from "../../settings/flags.ts";

export const flags = [
  { flags: "--headers", description: "only the headers, all of them" },
  { flags: "--body", description: "only the body, whole, with control characters escaped" },
  { flags: "--raw", description: "only the body, exact bytes" },
  { flags: "--reveal", description: "do not mask credentials" },
] as const satisfies readonly Flag[];

/** What was given to the command. */
export type Given = FlagsOf<(typeof flags)[number]>;
