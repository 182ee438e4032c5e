import type { ReadingMutation } from "../mutation.ts";

/** The right signature in a header that the scheme does not know. */
export const otherHeader: ReadingMutation = {
  name: "other-header",
  aspect: "reading",
  says: "it is taken from {place}",
  fix: "Send the signature as {form}; it came in {place}.",
};
