import type { ComputedMutation } from "../mutation.ts";
import { urlVariation } from "../variation.ts";

/** A proxy ended TLS, so that https became http. */
export const urlScheme: ComputedMutation = {
  name: "url-scheme",
  aspect: "url",
  says: "the address is {url}",
  fix: "Give the address exactly as {provider} has it: --public-url {url}",
  vary: () => [urlVariation(({ protocol }, text) => text.replace(/^https?/, protocol === "https:" ? "http" : "https"))],
};
