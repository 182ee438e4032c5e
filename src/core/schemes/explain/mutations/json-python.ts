import { HASH_RAW_BYTES, jsonVariations, type NamedForm } from "../body-variation.ts";
import type { ComputedMutation } from "../mutation.ts";

const FORMS: readonly NamedForm[] = [
  { detail: "json.dumps(body)", form: { colon: ": ", comma: ", ", isAscii: true, numbers: "python" } },
  {
    detail: 'json.dumps(body, separators=(",", ":"))',
    form: { colon: ":", comma: ",", isAscii: true, numbers: "python" },
  },
  {
    detail: "json.dumps(body, indent=2)",
    form: { colon: ": ", comma: ",", indent: "  ", isAscii: true, numbers: "python" },
  },
  {
    detail: "json.dumps(body, indent=4)",
    form: { colon: ": ", comma: ",", indent: "    ", isAscii: true, numbers: "python" },
  },
  { detail: "json.dumps(body, ensure_ascii=False)", form: { colon: ": ", comma: ", ", numbers: "python" } },
  {
    detail: 'json.dumps(body, separators=(",", ":"), ensure_ascii=False)',
    form: { colon: ":", comma: ",", numbers: "python" },
  },
  {
    detail: "json.dumps(body, indent=2, ensure_ascii=False)",
    form: { colon: ": ", comma: ",", indent: "  ", numbers: "python" },
  },
  {
    detail: "json.dumps(body, indent=4, ensure_ascii=False)",
    form: { colon: ": ", comma: ",", indent: "    ", numbers: "python" },
  },
];

/** The body was parsed and written again in Python. */
export const jsonPython: ComputedMutation = {
  name: "json-python",
  aspect: "body",
  says: "the body is written as Python's {detail} does",
  fix: HASH_RAW_BYTES,
  vary: (scene) => jsonVariations(scene, FORMS),
};
