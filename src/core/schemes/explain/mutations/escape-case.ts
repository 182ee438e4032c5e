import { textVariation } from "../body-variation.ts";
import type { ComputedMutation } from "../mutation.ts";

const ESCAPE = /\\u[0-9a-f]{4}/gi;

/** The hex digits of escapes were in another case. */
export const escapeCase: ComputedMutation = {
  name: "escape-case",
  aspect: "body",
  says: "the hex digits of \\u escapes are in {detail}",
  fix: "Hash the bytes as they are sent: something writes \\u escapes with other hex digits.",
  vary: (scene) => [
    textVariation(scene, "lower case", (text) => text.replaceAll(ESCAPE, (escape) => escape.toLowerCase())),
    textVariation(scene, "upper case", (text) =>
      text.replaceAll(ESCAPE, (escape) => `\\u${escape.slice(2).toUpperCase()}`),
    ),
  ],
};
