import type { ReadingMutation } from "../mutation.ts";

/** The right bytes in another encoding. */
export const signatureEncoding: ReadingMutation = {
  name: "signature-encoding",
  aspect: "reading",
  says: "it is read as {detail}",
  fix: "Write the signature as {encoding}: the bytes are right, their encoding is {detail}.",
};
