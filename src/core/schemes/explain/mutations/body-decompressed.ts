import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import { bytesVariation } from "../body-variation.ts";
import type { ComputedMutation } from "../mutation.ts";

/** More is not unpacked. */
const MOST_BYTES = 8 * 1024 * 1024;

/** What was signed is what the compressed body unpacks to. */
export const bodyDecompressed: ComputedMutation = {
  name: "body-decompressed",
  aspect: "body",
  says: "the body is unpacked first ({detail})",
  fix: "Sign the bytes that are sent, compressed as they are, or switch compression off: the signature is over what was inside.",
  vary: (scene) =>
    UNPACKERS.map(({ name, unpack }) =>
      bytesVariation(scene, name, (bytes) => {
        try {
          return unpack(bytes, { maxOutputLength: MOST_BYTES });
        } catch {
          return undefined;
        }
      }),
    ),
};

const UNPACKERS = [
  { name: "gzip", unpack: gunzipSync },
  { name: "deflate", unpack: inflateSync },
  { name: "br", unpack: brotliDecompressSync },
];
