import { badValue } from "../core/model/errors.ts";
import { parseDurationMs } from "../core/model/quantities.ts";
import type { RetentionLimits } from "../app/session/prune.ts";
import type { Flag } from "./commands/command.ts";
import type { Flags } from "./flags.ts";

const MOST_REQUESTS = 1_000_000_000;
const LEAST_BYTES = 1024 * 1024;
/** Ages are compared, never waited for. */
const LONGEST_AGE_MS = 36_500 * 86_400_000;

/** Limits of a store: `prune` meets them once, `listen` keeps them. */
export const retentionFlags: readonly Flag[] = [
  { flags: "--keep <count>", description: "so many of the newest requests stay", inFile: "number" },
  { flags: "--older-than <duration>", description: "remove what came longer ago: 12h, 7d", inFile: "scalar" },
  {
    flags: "--max-size <size>",
    description: "remove the oldest until database, log and body files take no more than this: 500MB",
    inFile: "scalar",
  },
];

/** @throws BAD_VALUE */
export function readRetentionFlags(flags: Flags, leastKept: number): RetentionLimits {
  const age = flags.text("older-than");
  const maxBytes = flags.sizeBytes("max-size");
  if (maxBytes !== undefined && maxBytes < LEAST_BYTES) {
    const given = flags.text("max-size") ?? "";
    throw badValue(flags.nameOf("max-size"), given, "an empty store takes nearly as much", "--max-size 500MB");
  }
  return {
    keep: flags.wholeNumber("keep", leastKept, MOST_REQUESTS),
    olderThanMs: age === undefined ? undefined : parseDurationMs(age, flags.nameOf("older-than"), LONGEST_AGE_MS),
    maxBytes,
  };
}
