import type { ComputedMutation } from "../mutation.ts";
import { contentVariation } from "../variation.ts";

/** The body was signed without what the scheme puts in front of it. */
export const bodyAlone: ComputedMutation = {
  name: "body-alone",
  aspect: "content",
  says: "the body alone is hashed",
  fix: "Hash {describes}, not the body alone: what stands beside it belongs to what is signed.",
  vary: ({ rule }) => (rule?.describes === "{body}" ? [] : [contentVariation("{body}")]),
};
