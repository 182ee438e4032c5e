import { HASH_RAW_BYTES, jsonVariations, type NamedForm } from "../body-variation.ts";
import type { ComputedMutation } from "../mutation.ts";

const FORMS: readonly NamedForm[] = [
  { detail: "none at all", form: { colon: ":", comma: ",", numbers: "kept" } },
  { detail: "one line, a space behind each colon and comma", form: { colon: ": ", comma: ", ", numbers: "kept" } },
  { detail: "two spaces a level", form: { colon: ": ", comma: ",", indent: "  ", numbers: "kept" } },
  { detail: "four spaces a level", form: { colon: ": ", comma: ",", indent: "    ", numbers: "kept" } },
  { detail: "a tab a level", form: { colon: ": ", comma: ",", indent: "\t", numbers: "kept" } },
];

/** White space between the values of the body was changed, and nothing else. */
export const jsonWhiteSpace: ComputedMutation = {
  name: "json-white-space",
  aspect: "body",
  says: "only the white space between the body's values differs: {detail}",
  fix: HASH_RAW_BYTES,
  vary: (scene) => jsonVariations(scene, FORMS),
};
