import type { ComputedMutation } from "../mutation.ts";
import { secretVariation } from "../variation.ts";

/** Quotes from a shell or an .env file became part of the secret. */
export const secretUnquoted: ComputedMutation = {
  name: "secret-unquoted",
  aspect: "secret",
  says: "the quotes around the secret are left out",
  fix: "Take the quotes out of {secret}: they were meant for a shell or an .env file.",
  vary: () => [secretVariation(undefined, (text) => /^\s*(["'`])(.+)\1\s*$/.exec(text)?.[2])],
};
