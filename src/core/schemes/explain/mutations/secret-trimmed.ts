import type { ComputedMutation } from "../mutation.ts";
import { secretVariation } from "../variation.ts";

/** The secret was pasted or read with white space around it. */
export const secretTrimmed: ComputedMutation = {
  name: "secret-trimmed",
  aspect: "secret",
  says: "the white space around the secret is left out",
  fix: "Take the white space around the secret out of {secret}; a line feed is easily read along with a file.",
  vary: () => [secretVariation(undefined, (text) => text.trim())],
};
