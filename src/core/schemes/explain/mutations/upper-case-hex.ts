import type { ReadingMutation } from "../mutation.ts";

/** The right signature, its hex digits in upper case. */
export const upperCaseHex: ReadingMutation = {
  name: "upper-case-hex",
  aspect: "reading",
  says: "its hex digits are read in upper case",
  fix: "Write the signature in lower-case hex: verifiers compare the text, and most refuse capital letters.",
};
