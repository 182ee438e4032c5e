import type { ComputedMutation } from "../mutation.ts";
import { secretVariation } from "../variation.ts";

/** The sender read its secret with the line feed at the end of a file. */
export const secretNewline: ComputedMutation = {
  name: "secret-newline",
  aspect: "secret",
  says: "a line end stands behind the secret",
  fix: "Have the sender trim its secret: what it read ends in a line feed.",
  vary: () => [
    secretVariation("a line feed", (text) => `${text}\n`),
    secretVariation("CR LF", (text) => `${text}\r\n`),
  ],
};
