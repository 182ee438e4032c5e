import type { ComputedMutation } from "../mutation.ts";
import { variation } from "../variation.ts";

/** A hash was computed where an HMAC is meant. */
export const plainHash: ComputedMutation = {
  name: "plain-hash",
  aspect: "content",
  says: "it is a plain SHA-256 of {detail}, not an HMAC",
  fix: "Use an HMAC with the secret as its key: a plain hash is not what {provider} signs with.",
  vary: ({ rule }) =>
    rule?.algorithm === "sha256"
      ? []
      : ["{secret}{body}", "{body}{secret}", "{body}", "{ts}.{body}"].map((content) =>
          variation(content, (hypothesis) => ({ ...hypothesis, content, algorithm: "sha256" })),
        ),
};
