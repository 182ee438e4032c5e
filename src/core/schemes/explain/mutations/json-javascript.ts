import { HASH_RAW_BYTES, jsonVariations, type NamedForm } from "../body-variation.ts";
import type { ComputedMutation } from "../mutation.ts";

const FORMS: readonly NamedForm[] = [
  { detail: "JSON.stringify(body)", form: { colon: ":", comma: ",", numbers: "javascript" } },
  { detail: "JSON.stringify(body, null, 2)", form: { colon: ": ", comma: ",", indent: "  ", numbers: "javascript" } },
  { detail: "JSON.stringify(body, null, 4)", form: { colon: ": ", comma: ",", indent: "    ", numbers: "javascript" } },
  { detail: "JSON.stringify(body, null, tab)", form: { colon: ": ", comma: ",", indent: "\t", numbers: "javascript" } },
];

/** The body was parsed and written again in JavaScript. */
export const jsonJavascript: ComputedMutation = {
  name: "json-javascript",
  aspect: "body",
  says: "the body is written as JavaScript's {detail} does",
  fix: HASH_RAW_BYTES,
  vary: (scene) => jsonVariations(scene, FORMS),
};
