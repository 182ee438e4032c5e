import type { ComputedMutation } from "../mutation.ts";
import { keyVariation } from "../variation.ts";

/** A secret that stands for bytes was used as the text that it is. */
export const secretAsText: ComputedMutation = {
  name: "secret-as-text",
  aspect: "key",
  says: "the secret is used as it is written, as text",
  fix: "The sender must decode the secret before it uses it; {provider} means the bytes that the text stands for.",
  vary: () => [keyVariation("utf8")],
};
