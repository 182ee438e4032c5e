import { jsonChildren, jsonKindAt, skipBlank } from "../json/json-scan.ts";

/**
 * The digits of a number as they stand in a JSON text, which the parsed value may have lost.
 * @param text a document that `JSON.parse` has accepted
 * @param steps to a number that is there
 * @returns undefined where they lead to no number
 */
export function jsonNumberText(text: string, steps: readonly string[]): string | undefined {
  let at = skipBlank(text, 0);
  let to = text.length;
  for (const step of steps) {
    const kind = jsonKindAt(text, at);
    if (kind !== "object" && kind !== "list") return undefined;
    let found: { readonly from: number; readonly to: number } | undefined;
    let index = 0;
    // Of repeated fields the last one counts, as it does for `JSON.parse`.
    for (const child of jsonChildren(text, at)) {
      if ((child.name ?? String(index)) === step) found = child;
      index += 1;
    }
    if (!found) return undefined;
    ({ from: at, to } = found);
  }
  return jsonKindAt(text, at) === "number" ? text.slice(at, to).trim() : undefined;
}
