import type { ComputedMutation } from "../mutation.ts";
import { secretVariation } from "../variation.ts";

/** The sender's secret was not set, and it signed all the same. */
export const secretMissing: ComputedMutation = {
  name: "secret-missing",
  aspect: "secret",
  says: "the sender had no secret and signed with {detail}",
  fix: "Set the secret of the sender: the variable that it reads is not set there.",
  vary: () => [
    secretVariation("an empty one", () => ""),
    secretVariation('the word "undefined"', () => "undefined"),
    secretVariation('the word "null"', () => "null"),
    secretVariation('the word "None"', () => "None"),
  ],
};
