import { textVariation } from "../body-variation.ts";
import type { ComputedMutation } from "../mutation.ts";

/** CR LF became LF after signing, or before hashing. */
export const lineEndsLf: ComputedMutation = {
  name: "line-ends-lf",
  aspect: "body",
  says: "every CR LF of the body is an LF",
  fix: "Hash the bytes as they are sent: something turns CR LF into LF, a text mode or a template engine for instance.",
  vary: (scene) => [textVariation(scene, undefined, (text) => text.replaceAll("\r\n", "\n"))],
};
