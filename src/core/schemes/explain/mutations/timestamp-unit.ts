import type { ComputedMutation } from "../mutation.ts";
import { timestampVariation } from "../variation.ts";

/** The time that was hashed is in another unit than the one that was sent. */
export const timestampUnit: ComputedMutation = {
  name: "timestamp-unit",
  aspect: "timestamp",
  says: "the time is hashed {detail}",
  fix: "Hash the timestamp exactly as it stands in the header, digit for digit.",
  vary: () => [
    timestampVariation("in milliseconds", (atMs) => String(atMs)),
    timestampVariation("in seconds", (atMs) => String(Math.floor(atMs / 1000))),
    timestampVariation("as a date in ISO 8601", (atMs) => new Date(atMs).toISOString()),
    timestampVariation("as a date in ISO 8601, without milliseconds", (atMs) =>
      new Date(atMs).toISOString().replace(/\.\d+Z$/, "Z"),
    ),
    timestampVariation("in seconds with a fraction", (atMs) => (atMs / 1000).toFixed(3)),
  ],
};
