import { jsonChildren, skipBlank } from "../json/json-scan.ts";

/**
 * What can be read of a JSON object or list from its beginning alone: the fields or elements at its top that end there.
 * Undefined where it begins with neither. Never throws, whatever the text is.
 */
export function readJsonHead(text: string): unknown {
  const from = skipBlank(text, 0);
  if (text[from] === "[") return readChildren(text, from, []);
  return text[from] === "{" ? readChildren(text, from, {}) : undefined;
}

function readChildren<Whole extends object>(text: string, from: number, whole: Whole): Whole {
  try {
    let count = 0;
    for (const { from: begin, to, name } of jsonChildren(text, from)) {
      // What reaches the end may go on behind it.
      if (to >= text.length) break;
      const value: unknown = JSON.parse(text.slice(begin, to));
      // Defined, so that a field called `__proto__` is one like any other.
      Object.defineProperty(whole, name ?? count, { value, enumerable: true, configurable: true, writable: true });
      count += 1;
    }
  } catch {
    // From here on it is no JSON.
  }
  return whole;
}
