import { jsonNumberText } from "./json-number.ts";
import type { MessageView } from "./message-view.ts";

/** Longer ones only look like an id or a type. */
const MOST_CHARACTERS = 200;

type Part = (view: MessageView) => string | undefined;

const known = new Map<string, readonly (readonly Part[])[]>();

/**
 * What stands at a place of a message: `h:x-event-id` is a header, `b:data.0.id` a field of a JSON or form body, `q:token`
 * one of the query. Alternatives are divided by `|`, the parts of one value by `+`; parts that are missing are left out,
 * but never the first.
 * @param mostCharacters a longer one is none
 * @returns undefined where nothing stands there, or nothing that could be an id or a type
 */
export function readPlace(view: MessageView, place: string, mostCharacters = MOST_CHARACTERS): string | undefined {
  for (const parts of partsOf(place)) {
    const text = joined(view, parts);
    if (text !== undefined && text !== "" && text.length <= mostCharacters) return text;
  }
  return undefined;
}

/** Whether a text is a place at all; for a person's own schemes. */
export function isPlace(text: string): boolean {
  return /^(?:h:[!#$%&'*.^_`~0-9A-Za-z-]+|[bq]:[^|+\s]+)(?:[|+](?:h:[!#$%&'*.^_`~0-9A-Za-z-]+|[bq]:[^|+\s]+))*$/.test(
    text,
  );
}

function partsOf(place: string): readonly (readonly Part[])[] {
  let alternatives = known.get(place);
  if (!alternatives) {
    alternatives = place.split("|").map((one) => one.split("+").map((part) => partOf(part.trim())));
    known.set(place, alternatives);
  }
  return alternatives;
}

function joined(view: MessageView, parts: readonly Part[]): string | undefined {
  const first = parts[0]?.(view);
  if (first === undefined || first === "" || parts.length === 1) return first;
  let text = first;
  for (const part of parts.slice(1)) {
    const next = part(view);
    if (next !== undefined && next !== "") text += `.${next}`;
  }
  return text;
}

function partOf(text: string): Part {
  const name = text.slice(2);
  if (text.startsWith("h:")) {
    const lower = name.toLowerCase();
    return (view) => view.header(lower);
  }
  if (text.startsWith("q:")) return (view) => queryOf(view).get(name) ?? undefined;
  const steps = name.split(".");
  return (view) => {
    const value = textOf(view, steps);
    return value === undefined || value === "" ? (view.form.get(name) ?? undefined) : value;
  };
}

/** The value at the end of some steps into a JSON value; undefined where one of them leads nowhere. */
export function stepInto(value: unknown, steps: readonly string[]): unknown {
  let at = value;
  for (const step of steps) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, step)) return undefined;
    if (step === "length" && Array.isArray(at)) return undefined;
    at = (at as Readonly<Record<string, unknown>>)[step];
  }
  return at;
}

function textOf(view: MessageView, steps: readonly string[]): string | undefined {
  const value = stepInto(view.json, steps);
  if (typeof value === "string") return value;
  if (typeof value !== "number") return undefined;
  if (Number.isSafeInteger(value)) return String(value);
  // Ids of more than sixteen digits are numbers in some bodies; what was parsed would be another one.
  return jsonNumberText(view.text, steps) ?? (Number.isFinite(value) ? String(value) : undefined);
}

function queryOf({ message }: MessageView): URLSearchParams {
  const at = message.target.indexOf("?");
  return new URLSearchParams(at < 0 ? "" : message.target.slice(at + 1));
}
