import { bytesVariation } from "../body-variation.ts";
import type { ComputedMutation } from "../mutation.ts";

/** A gateway handed the body over in base64, and one side did not notice. */
export const bodyBase64: ComputedMutation = {
  name: "body-base64",
  aspect: "body",
  says: "the body is {detail} first",
  fix: "Hash the bytes themselves: a gateway (isBase64Encoded of AWS, for instance) hands bodies over in base64.",
  vary: (scene) => [
    bytesVariation(scene, "encoded in base64", (bytes) => Buffer.from(bytes.toString("base64"))),
    bytesVariation(scene, "decoded from base64", (bytes) => {
      const text = bytes.toString("latin1").trim();
      return /^[0-9A-Za-z+/]{4,}={0,2}$/.test(text) ? Buffer.from(text, "base64") : undefined;
    }),
  ],
};
