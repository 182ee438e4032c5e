import { edgeVariation } from "../body-variation.ts";
import type { ComputedMutation } from "../mutation.ts";

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** The body came with a byte order mark that was not hashed. */
export const bomRemoved: ComputedMutation = {
  name: "bom-removed",
  aspect: "edges",
  says: "the byte order mark in front of the body is left out",
  fix: "Send the body without a byte order mark (write UTF-8, not UTF-8 with BOM), or hash it along.",
  vary: () => [edgeVariation(undefined, (bytes) => (bytes.subarray(0, 3).equals(BOM) ? bytes.subarray(3) : undefined))],
};
