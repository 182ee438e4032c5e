import type { ComputedMutation } from "../mutation.ts";
import { keyVariation } from "../variation.ts";

/** A secret that is text was decoded from hex. */
export const secretAsHex: ComputedMutation = {
  name: "secret-as-hex",
  aspect: "key",
  says: "the secret is decoded from hex",
  fix: "The sender must not decode the secret from hex: the key is {keyform}.",
  vary: () => [keyVariation("hex")],
};
