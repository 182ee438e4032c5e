import type { ComputedMutation } from "../mutation.ts";
import { secretVariation } from "../variation.ts";

/** The prefix of a secret was lost on its way into the configuration. */
export const secretWithPrefix: ComputedMutation = {
  name: "secret-with-prefix",
  aspect: "secret",
  says: "whsec_ stands in front of the secret",
  fix: "Copy the secret with its prefix into {secret}: whsec_ is part of the key.",
  vary: () => [secretVariation(undefined, (text) => (text.startsWith("whsec_") ? undefined : `whsec_${text}`))],
};
