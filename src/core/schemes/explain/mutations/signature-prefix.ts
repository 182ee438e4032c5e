import type { ReadingMutation } from "../mutation.ts";

/** The right signature without what belongs in front of it, or with something else there. */
export const signaturePrefix: ReadingMutation = {
  name: "signature-prefix",
  aspect: "reading",
  says: "what stands around it in {place} is passed over",
  fix: "Write the header like this: {form}",
};
