import { textVariation } from "../body-variation.ts";
import type { ComputedMutation } from "../mutation.ts";

/** LF became CR LF. */
export const lineEndsCrlf: ComputedMutation = {
  name: "line-ends-crlf",
  aspect: "body",
  says: "every LF of the body is a CR LF",
  fix: "Hash the bytes as they are sent: something turns LF into CR LF, a text file written on Windows for instance.",
  vary: (scene) => [textVariation(scene, undefined, (text) => text.replaceAll(/\r?\n/g, "\r\n"))],
};
