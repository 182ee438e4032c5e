import { textVariation } from "../body-variation.ts";
import type { ComputedMutation } from "../mutation.ts";

function escaped(text: string, spell: (hex: string) => string): string {
  return text.replaceAll(/[\u0080-\uffff]/g, (unit) => `\\u${spell(unit.charCodeAt(0).toString(16).padStart(4, "0"))}`);
}

/** Characters beyond ASCII were escaped before signing: Meta signs so. */
export const unicodeEscaped: ComputedMutation = {
  name: "unicode-escaped",
  aspect: "body",
  says: "characters beyond ASCII are written as \\u and {detail}",
  fix: "Sign and send the same bytes: escape characters beyond ASCII in both, or in neither.",
  vary: (scene) => [
    textVariation(scene, "hex digits in lower case", (text) => escaped(text, (hex) => hex)),
    textVariation(scene, "hex digits in upper case", (text) => escaped(text, (hex) => hex.toUpperCase())),
  ],
};
