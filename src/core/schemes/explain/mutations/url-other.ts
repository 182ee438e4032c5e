import type { ComputedMutation } from "../mutation.ts";
import { variation } from "../variation.ts";

/** One of the other addresses that the request itself speaks of. */
export const urlOther: ComputedMutation = {
  name: "url-other",
  aspect: "url",
  says: "the address is {url}",
  fix: "Give the address exactly as {provider} has it: --public-url {url}",
  vary: ({ ownUrls }) =>
    ownUrls.map((url) => variation(url, (hypothesis) => (url === hypothesis.url ? undefined : { ...hypothesis, url }))),
};
