/**
 * Finds its way in the text of a JSON document that `JSON.parse` has accepted, so that one value can be replaced and every
 * other byte stays: digits of large numbers, order and repeats of fields, white space.
 */

/** What stands in an object or a list. */
export interface JsonChild {
  /** Where its value begins and ends. */
  readonly from: number;
  readonly to: number;
  /** Where its name begins (in a list: its value). */
  readonly nameFrom: number;
  /** The field's name; undefined in a list. */
  readonly name: string | undefined;
}

export type JsonKind = "object" | "list" | "text" | "number" | "true" | "false" | "null";

/** What begins at this place. */
export function jsonKindAt(text: string, at: number): JsonKind {
  switch (text[at] ?? "") {
    case "{":
      return "object";
    case "[":
      return "list";
    case '"':
      return "text";
    case "t":
      return "true";
    case "f":
      return "false";
    case "n":
      return "null";
    default:
      return "number";
  }
}

/** First place from `at` on that is no white space. */
export function skipBlank(text: string, at: number): number {
  let place = at;
  while (text[place] === " " || text[place] === "\n" || text[place] === "\r" || text[place] === "\t") place += 1;
  return place;
}

/** Just behind the value that begins at `from`. Takes no stack, however deep the value is. */
export function endOfValue(text: string, from: number): number {
  let depth = 0;
  let at = from;
  do {
    const character = text[at];
    if (character === '"') {
      at = endOfText(text, at);
      continue;
    }
    if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") depth -= 1;
    else if (depth === 0) return endOfScalar(text, at);
    at += 1;
  } while (depth > 0 && at < text.length);
  return at;
}

/** The fields or elements of the object or list that begins at `from`, in order. */
export function* jsonChildren(text: string, from: number): Generator<JsonChild> {
  const isObject = text[from] === "{";
  let at = skipBlank(text, from + 1);
  while (at < text.length && text[at] !== "}" && text[at] !== "]") {
    const nameFrom = at;
    let name: string | undefined;
    if (isObject) {
      const nameTo = endOfText(text, at);
      name = String(JSON.parse(text.slice(at, nameTo)));
      // Skips the colon.
      at = skipBlank(text, skipBlank(text, nameTo) + 1);
    }
    const to = endOfValue(text, at);
    yield { from: at, to, nameFrom, name };
    at = skipBlank(text, to);
    if (text[at] === ",") at = skipBlank(text, at + 1);
  }
}

function endOfText(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

function endOfScalar(text: string, from: number): number {
  let at = from;
  while (at < text.length && !/[\s,\]}]/.test(text[at] ?? "")) at += 1;
  return at;
}
