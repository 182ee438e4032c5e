import { edgeVariation } from "../body-variation.ts";
import type { ComputedMutation } from "../mutation.ts";

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** The body was hashed with a byte order mark that did not come along. */
export const bomAdded: ComputedMutation = {
  name: "bom-added",
  aspect: "edges",
  says: "a byte order mark stands in front of the body",
  fix: "Hash the body without a byte order mark: encode it as UTF-8, not UTF-8 with BOM.",
  vary: () => [edgeVariation(undefined, (bytes) => Buffer.concat([BOM, bytes]))],
};
