import { bytesVariation } from "../body-variation.ts";
import type { ComputedMutation } from "../mutation.ts";

/** Nothing was hashed: the body was read before, or not at all. */
export const bodyEmpty: ComputedMutation = {
  name: "body-empty",
  aspect: "body",
  says: "nothing is hashed in place of the body",
  fix: "Hash the body: where it was hashed it was empty, because something had read the stream before.",
  vary: (scene) => [bytesVariation(scene, undefined, () => Buffer.alloc(0))],
};
