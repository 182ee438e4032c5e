import { HASH_RAW_BYTES, jsonVariations, type NamedForm } from "../body-variation.ts";
import type { ComputedMutation } from "../mutation.ts";

const FORMS: readonly NamedForm[] = [
  {
    detail: "JSON.stringify with its names sorted",
    form: { colon: ":", comma: ",", isSorted: true, numbers: "javascript" },
  },
  {
    detail: "json.dumps(body, sort_keys=True)",
    form: { colon: ": ", comma: ", ", isSorted: true, isAscii: true, numbers: "python" },
  },
  {
    detail: 'json.dumps(body, sort_keys=True, separators=(",", ":"))',
    form: { colon: ":", comma: ",", isSorted: true, isAscii: true, numbers: "python" },
  },
  {
    detail: "json.dumps(body, sort_keys=True, indent=2)",
    form: { colon: ": ", comma: ",", indent: "  ", isSorted: true, isAscii: true, numbers: "python" },
  },
  {
    detail: "json.dumps(body, sort_keys=True, indent=4)",
    form: { colon: ": ", comma: ",", indent: "    ", isSorted: true, isAscii: true, numbers: "python" },
  },
  {
    detail: "json.dumps(body, sort_keys=True, ensure_ascii=False)",
    form: { colon: ": ", comma: ", ", isSorted: true, numbers: "python" },
  },
  {
    detail: 'json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)',
    form: { colon: ":", comma: ",", isSorted: true, numbers: "python" },
  },
  {
    detail: "json.dumps(body, sort_keys=True, indent=2, ensure_ascii=False)",
    form: { colon: ": ", comma: ",", indent: "  ", isSorted: true, numbers: "python" },
  },
  {
    detail: "json.dumps(body, sort_keys=True, indent=4, ensure_ascii=False)",
    form: { colon: ": ", comma: ",", indent: "    ", isSorted: true, numbers: "python" },
  },
];

/** The body was written again with its names in order. */
export const jsonSorted: ComputedMutation = {
  name: "json-sorted",
  aspect: "body",
  says: "the names of the body are sorted, as {detail} does",
  fix: HASH_RAW_BYTES,
  vary: (scene) => jsonVariations(scene, FORMS),
};
