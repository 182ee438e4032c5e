import type { ComputedMutation } from "../mutation.ts";
import { variation } from "../variation.ts";

/** The secret of another provider was used. */
export const otherSecret: ComputedMutation = {
  name: "other-secret",
  aspect: "secret",
  says: "the secret from {detail} is used",
  fix: "Give the secret from {detail} for this provider, or have the sender use the one that belongs to this webhook.",
  vary: ({ otherSecrets }) =>
    otherSecrets.map((secret) =>
      variation(secret.name, (hypothesis) => ({ ...hypothesis, secret, secretText: secret.text })),
    ),
};
