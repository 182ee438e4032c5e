import { bytesVariation } from "../body-variation.ts";
import type { ComputedMutation } from "../mutation.ts";

/** The bytes were read in another character set than they were written in. */
export const bodyCharset: ComputedMutation = {
  name: "body-charset",
  aspect: "body",
  says: "the body is {detail}",
  fix: "Hash the bytes and not a text that was made of them: one side reads them in another character set.",
  vary: (scene) => [
    bytesVariation(scene, "read as Latin-1 and written as UTF-8", (bytes) => Buffer.from(bytes.toString("latin1"))),
    bytesVariation(scene, "read as UTF-8 and written as Latin-1", (bytes) => Buffer.from(bytes.toString(), "latin1")),
    bytesVariation(scene, "read as UTF-8, which it is not", (bytes) => Buffer.from(bytes.toString())),
    bytesVariation(scene, "written in UTF-16", (bytes) => Buffer.from(bytes.toString(), "utf16le")),
  ],
};
