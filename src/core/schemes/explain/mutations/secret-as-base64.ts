import type { ComputedMutation } from "../mutation.ts";
import { keyVariation } from "../variation.ts";

/** A secret that is text was decoded from base64. */
export const secretAsBase64: ComputedMutation = {
  name: "secret-as-base64",
  aspect: "key",
  says: "the secret is decoded from base64",
  fix: "The sender must not decode the secret: the key is {keyform}.",
  vary: () => [keyVariation("whsec"), keyVariation("base64")],
};
