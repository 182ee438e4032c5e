import type { Flag } from "../flags/flag.ts";

/** Limits of a store: `prune` meets them once, `listen` keeps them. */
export const retentionFlags = [
  { flags: "--keep <count>", description: "so many of the newest requests stay", inFile: "number" },
  { flags: "--older-than <duration>", description: "remove what came longer ago: 12h, 7d", inFile: "scalar" },
  {
    flags: "--max-size <size>",
    description: "remove the oldest until database, log and body files take no more than this: 500MB",
    inFile: "scalar",
  },
] as const satisfies readonly Flag[];

export type RetentionFlag = (typeof retentionFlags)[number];
