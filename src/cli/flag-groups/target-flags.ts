import type { Flag } from "../flags/flag.ts";

/** How a target is spoken to: for every command that sends. */
export const targetFlags = [
  { flags: "--insecure", description: "take any certificate from an https target", inFile: "switch" },
  { flags: "--ca <file>", description: "trust the PEM certificates in this file as well", inFile: "path" },
  {
    flags: "--timeout <duration>",
    description: "for a whole answer of the target; 0 waits for ever once connected",
    default: "30s",
    env: "HOOKCLI_TIMEOUT",
    inFile: "scalar",
  },
] as const satisfies readonly Flag[];

export type TargetFlag = (typeof targetFlags)[number];
