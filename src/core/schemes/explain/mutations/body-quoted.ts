import { textVariation } from "../body-variation.ts";
import type { ComputedMutation } from "../mutation.ts";

/** A text that is JSON already was turned into JSON once more, or the other way round. */
export const bodyQuoted: ComputedMutation = {
  name: "body-quoted",
  aspect: "body",
  says: "the body is {detail}",
  fix: "Turn the event into JSON once: on one side JSON.stringify, or its like, gets what is a JSON text already.",
  vary: (scene) => [
    textVariation(scene, "turned into a JSON text once more", (text) => JSON.stringify(text)),
    textVariation(scene, "the text inside the JSON text that came", (text) => {
      if (!/^\s*"/.test(text)) return undefined;
      try {
        return String(JSON.parse(text));
      } catch {
        return undefined;
      }
    }),
  ],
};
