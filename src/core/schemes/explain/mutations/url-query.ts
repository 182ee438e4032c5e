import type { ComputedMutation } from "../mutation.ts";
import { urlVariation } from "../variation.ts";

/** The query was signed along, or was not. */
export const urlQuery: ComputedMutation = {
  name: "url-query",
  aspect: "url",
  says: "the address is {url}",
  fix: "Give the address exactly as {provider} has it: --public-url {url}",
  vary: () => [
    urlVariation((_, text) => text.replace(/\?.*$/s, "")),
    urlVariation((_, text) => text.replace(/\?$/, "")),
  ],
};
