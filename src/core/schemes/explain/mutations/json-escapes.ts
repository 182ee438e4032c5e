import { HASH_RAW_BYTES, jsonVariations, type NamedForm } from "../body-variation.ts";
import type { ComputedMutation } from "../mutation.ts";

/** Slashes are found in texts only, and so are the characters of HTML. */
const escapeSlashes = (text: string): string => text.replaceAll("/", String.raw`\/`);
const escapeHtml = (text: string): string =>
  text.replaceAll(/[<>&\u2028\u2029]/g, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`);

const FORMS: readonly NamedForm[] = [
  {
    detail: "PHP's json_encode",
    form: { colon: ":", comma: ",", isAscii: true, numbers: "kept" },
    rewrite: escapeSlashes,
  },
  {
    detail: "PHP's json_encode with JSON_UNESCAPED_UNICODE",
    form: { colon: ":", comma: ",", numbers: "kept" },
    rewrite: escapeSlashes,
  },
  {
    detail: "PHP's json_encode with JSON_UNESCAPED_SLASHES",
    form: { colon: ":", comma: ",", isAscii: true, numbers: "kept" },
  },
  {
    detail: "PHP's json_encode with JSON_PRETTY_PRINT",
    form: { colon: ": ", comma: ",", indent: "    ", isAscii: true, numbers: "kept" },
    rewrite: escapeSlashes,
  },
  { detail: "Go's json.Marshal", form: { colon: ":", comma: ",", numbers: "kept" }, rewrite: escapeHtml },
  {
    detail: "Go's json.Marshal of a map",
    form: { colon: ":", comma: ",", isSorted: true, numbers: "kept" },
    rewrite: escapeHtml,
  },
];

/** The body was written again by a program that escapes more than it must: PHP, Go, .NET. */
export const jsonEscapes: ComputedMutation = {
  name: "json-escapes",
  aspect: "body",
  says: "the body is written as {detail} does",
  fix: HASH_RAW_BYTES,
  vary: (scene) => jsonVariations(scene, FORMS),
};
