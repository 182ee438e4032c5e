import { badValue } from "../../core/model/errors.ts";
import { parseDurationMs } from "../../core/model/quantities.ts";
import type { RetentionLimits } from "../../app/upkeep/prune.ts";
import type { FlagsOf } from "../settings/flags.ts";
import type { RetentionFlag } from "./retention-flags.ts";

const MOST_REQUESTS = 1_000_000_000;

const LEAST_BYTES = 1024 * 1024;

/** Ages are compared, never waited for. */
const LONGEST_AGE_MS = 36_500 * 86_400_000;

/** @throws BAD_VALUE */
export function readRetentionFlags(flags: FlagsOf<RetentionFlag>, leastKept: number): RetentionLimits {
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
