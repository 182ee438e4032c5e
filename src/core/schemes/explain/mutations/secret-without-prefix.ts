import type { ComputedMutation } from "../mutation.ts";
import { secretVariation } from "../variation.ts";

function after(text: string, prefix: RegExp): string | undefined {
  const rest = text.replace(prefix, "");
  return rest === "" ? undefined : rest;
}

/** The name in front of a secret was taken off before it was used. */
export const secretWithoutPrefix: ComputedMutation = {
  name: "secret-without-prefix",
  aspect: "secret",
  says: "{detail} is taken off the secret",
  fix: "Use the secret as {provider} shows it, with its prefix: the sender took the prefix off.",
  vary: () => [
    secretVariation("the prefix whsec_", (text) => after(text, /^(?:v1,)?whsec_/)),
    secretVariation("the prefix up to the last _", (text) => after(text, /^(?:[a-z0-9]+_)+/i)),
    secretVariation("sha256=", (text) => after(text, /^sha256=/i)),
  ],
};
