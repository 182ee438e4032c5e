import { textVariation } from "../body-variation.ts";
import type { ComputedMutation } from "../mutation.ts";

/** Slashes were escaped, or their escapes put back: smee does that. */
export const slashes: ComputedMutation = {
  name: "slashes",
  aspect: "body",
  says: "slashes in the body are {detail}",
  fix: "Hash the bytes as they are sent: something between reads and writes the JSON anew, and PHP and others escape slashes.",
  vary: (scene) => [
    textVariation(scene, "not escaped", (text) => text.replaceAll(String.raw`\/`, "/")),
    textVariation(scene, "escaped", (text) => text.replaceAll(/(?<!\\)\//g, String.raw`\/`)),
  ],
};
