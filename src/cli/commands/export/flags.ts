import { filterFlags } from "../../flag-groups/filter-flags.ts";
import type { Flag } from "../../flags/flag.ts";
import type { FlagsOf } from "../../settings/flags.ts";

const formats = ["curl", "httpie", "fetch", "http", "har", "ndjson"] as const;

export const flags = [
  { flags: "--format <name>", description: "one of the six", default: "curl", choices: formats },
  ...filterFlags,
  { flags: "--to <target>", description: "the address that they are written for (default: where they were sent)" },
  { flags: "-o, --output <file>", description: "write to this file, readable for you alone" },
  { flags: "--reveal", description: "credentials in plain text" },
] as const satisfies readonly Flag[];

/** What was given to the command. */
export type Given = FlagsOf<(typeof flags)[number]>;
