import type { Algorithm } from "../../scheme.ts";
import type { ComputedMutation } from "../mutation.ts";
import { variation } from "../variation.ts";

const NAMES: Readonly<Partial<Record<Algorithm, string>>> = {
  "hmac-sha256": "HMAC-SHA256",
  "hmac-sha1": "HMAC-SHA1",
  "hmac-sha512": "HMAC-SHA512",
};

/** Another hash function was used. */
export const algorithm: ComputedMutation = {
  name: "algorithm",
  aspect: "algorithm",
  says: "its algorithm is {detail}",
  fix: "Sign with {algorithm}: this signature is an {detail}.",
  vary: ({ rule }) =>
    rule === undefined || rule.key === "ed25519" || rule.key === "ecdsa"
      ? []
      : (["hmac-sha256", "hmac-sha1", "hmac-sha512"] as const)
          .filter((other) => other !== rule.algorithm)
          .map((other) => variation(NAMES[other], (hypothesis) => ({ ...hypothesis, algorithm: other }))),
};
