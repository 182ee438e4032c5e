import { badValue } from "../model/errors.ts";

/** The name of a field of an object, or a place in a list (from 0). */
export type JsonStep = string | number;

/** Where in a JSON value something stands; never empty. */
export type JsonPath = readonly JsonStep[];

/** What a program may take for the inside of an object rather than for a field. */
const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);
const MOST_STEPS = 200;
/** A name after a dot (or first), a place in a list, a quoted name. */
const STEP = /(?:^|(?<=[^])\.)([^.[\]="\s][^.[\]="]*)|\[(\d{1,9})\]|\[("(?:[^"\\]|\\.)*")\]/y;

/**
 * Reads the path that stands before the first `=`: `data.items[0].price`, `[0].id`, `["a name with = or ."].id`.
 * @param name what the person called it (`--set`), for the error
 * @returns the path, and what stands behind the `=`
 * @throws BAD_VALUE
 */
export function readJsonPath(
  text: string,
  name: string,
  example: string,
): { readonly path: JsonPath; readonly rest: string } {
  const path: JsonStep[] = [];
  let at = 0;
  while (at < text.length && text[at] !== "=") {
    STEP.lastIndex = at;
    const found = STEP.exec(text);
    if (!found) throw badValue(name, text, `its path cannot be read at character ${at + 1}`, example);
    path.push(stepOf(found, text, name, example));
    at = STEP.lastIndex;
  }
  if (text[at] !== "=") throw badValue(name, text, "there is no = with a value behind it", example);
  if (path.length === 0) throw badValue(name, text, "there is no path before the =", example);
  if (path.length > MOST_STEPS) throw badValue(name, text, `a path has at most ${MOST_STEPS} steps`, example);
  return { path, rest: text.slice(at + 1) };
}

/** A path as a person writes it. */
export function jsonPathText(path: JsonPath): string {
  const parts = path.map((step, at) => {
    if (typeof step === "number") return `[${step}]`;
    if (!/^[^.[\]="\s][^.[\]="]*$/.test(step)) return `[${JSON.stringify(step)}]`;
    return at === 0 ? step : `.${step}`;
  });
  return parts.join("");
}

function stepOf([, plain, place, quoted]: RegExpExecArray, text: string, name: string, example: string): JsonStep {
  if (place !== undefined) return Number(place);
  const field = plain ?? unquoted(quoted ?? "");
  if (field === undefined) throw badValue(name, text, `${quoted} is not a name in quotes`, example);
  if (FORBIDDEN.has(field)) throw badValue(name, text, `${field} is never set: programs trip over it`, example);
  return field;
}

function unquoted(text: string): string | undefined {
  try {
    return String(JSON.parse(text));
  } catch {
    return undefined;
  }
}
