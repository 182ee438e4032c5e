import { textVariation } from "../body-variation.ts";
import type { ComputedMutation } from "../mutation.ts";

/** Escaped characters were put back before signing. */
export const unicodeUnescaped: ComputedMutation = {
  name: "unicode-unescaped",
  aspect: "body",
  says: "characters beyond ASCII stand for themselves where the body has \\u escapes",
  fix: "Hash the bytes as they came, before any JSON parser: \\u escapes are part of what is signed.",
  vary: (scene) => [
    textVariation(scene, undefined, (text) =>
      text.replaceAll(/\\u(?:00[89a-f]|0[1-9a-f][0-9a-f]|[1-9a-f][0-9a-f]{2})[0-9a-f]/gi, (escape) =>
        String.fromCharCode(Number.parseInt(escape.slice(2), 16)),
      ),
    ),
  ],
};
