import { badValue, HookcliError } from "../model/errors.ts";
import { type JsonPath, jsonPathText, type JsonStep, readJsonPath } from "./json-path.ts";
import { endOfValue, jsonChildren, type JsonKind, jsonKindAt, skipBlank } from "./json-scan.ts";

/** One value to be set in a JSON document. */
export interface JsonEdit {
  readonly path: JsonPath;
  /** The new value as JSON. */
  readonly valueText: string;
  /** It was given as plain text, which makes text of whatever was there. */
  readonly isPlainText: boolean;
}

export interface EditedJson {
  readonly text: string;
  /** What a person may not have meant, a sentence each. */
  readonly notes: readonly string[];
}

const EXAMPLE = "--set data.items[0].status=paid";
const JSON_EXAMPLE = `--set-json data.amount=4900 (text in quotes: --set-json 'data.status="paid"')`;

/**
 * Reads `path=value`: the value is text, whatever it looks like.
 * @throws BAD_VALUE
 */
export function parseTextEdit(text: string, name: string): JsonEdit {
  const { path, rest } = readJsonPath(text, name, EXAMPLE);
  return { path, valueText: JSON.stringify(rest), isPlainText: true };
}

/**
 * Reads `path=<json>`.
 * @throws BAD_VALUE
 */
export function parseJsonEdit(text: string, name: string): JsonEdit {
  const { path, rest } = readJsonPath(text, name, JSON_EXAMPLE);
  if (!isJson(rest)) throw badValue(name, text, "what stands behind the = is not JSON", JSON_EXAMPLE);
  return { path, valueText: rest.trim(), isPlainText: false };
}

/**
 * Sets values in the text of a JSON document, one after the other. What a path names is replaced or added (a list grows
 * by one at its end); all else stays as it was written, to the byte.
 * @throws BODY_NOT_EDITABLE
 */
export function editJson(text: string, edits: readonly JsonEdit[]): EditedJson {
  if (!isJson(text)) throw notEditable("it is not JSON", "Give a whole one: --body, or --edit");
  const notes: string[] = [];
  let edited = text;
  for (const edit of edits) edited = applyEdit(edited, edit, notes);
  return { text: edited, notes };
}

/** @throws BODY_NOT_EDITABLE */
export function notEditable(problem: string, advice: string): HookcliError {
  return new HookcliError("BODY_NOT_EDITABLE", { problem, advice });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function applyEdit(text: string, { path, valueText, isPlainText }: JsonEdit, notes: string[]): string {
  let at = skipBlank(text, 0);
  for (const [depth, step] of path.entries()) {
    const found = childAt(text, at, path, depth, step);
    if (typeof found !== "number") {
      const added = found.begin + nested(path, depth + 1, valueText);
      return text.slice(0, found.insertAt) + added + text.slice(found.insertAt);
    }
    at = found;
  }
  const kind = jsonKindAt(text, at);
  if (isPlainText && kind !== "text") notes.push(noteOn(kind, path, valueText));
  return text.slice(0, at) + valueText + text.slice(endOfValue(text, at));
}

/** Where the child that a step names begins, or where and how it is added. */
function childAt(
  text: string,
  at: number,
  path: JsonPath,
  depth: number,
  step: JsonStep,
): number | { readonly insertAt: number; readonly begin: string } {
  const kind = jsonKindAt(text, at);
  if (kind !== (typeof step === "string" ? "object" : "list")) throw wrongKind(kind, path, depth);
  const children = [...jsonChildren(text, at)];
  // Of repeated fields readers take the last.
  const child = typeof step === "number" ? children[step] : children.findLast(({ name }) => name === step);
  if (child) return child.from;
  if (typeof step === "number" && step > children.length) throw tooFar(children.length, path, depth);
  const [first] = children;
  const last = children.at(-1);
  // Written like its neighbours.
  const before = last ? `,${text.slice(at + 1, first?.nameFrom)}` : "";
  const colon = first && typeof step === "string" ? `:${blankBefore(text, first.from)}` : ":";
  const name = typeof step === "string" ? JSON.stringify(step) + colon : "";
  return { insertAt: last ? last.to : at + 1, begin: before + name };
}

function blankBefore(text: string, at: number): string {
  return /[ \t\r\n]*$/.exec(text.slice(Math.max(0, at - 20), at))?.[0] ?? "";
}

/** The value inside the objects and lists that a path needs beyond what is there. */
function nested(path: JsonPath, depth: number, valueText: string): string {
  let inner = valueText;
  for (let at = path.length - 1; at >= depth; at -= 1) {
    const step = path[at];
    if (typeof step === "number" && step > 0) throw tooFar(0, path, at);
    inner = typeof step === "number" ? `[${inner}]` : `{${JSON.stringify(step)}:${inner}}`;
  }
  return inner;
}

function wrongKind(kind: JsonKind, path: JsonPath, depth: number): HookcliError {
  const where = depth === 0 ? "it" : jsonPathText(path.slice(0, depth));
  if (kind === "list")
    return notEditable(`${where} is a list`, `Name the place: ${jsonPathText([...path.slice(0, depth), 0])}`);
  const wanted = typeof path[depth] === "number" ? "a list" : "an object";
  const is = kind === "object" ? "an object" : kind === "number" ? "a number" : kind;
  return notEditable(
    `${where} is ${is}, and ${jsonPathText(path)} needs ${wanted} there`,
    'Set the whole of it: --set-json \'path={"field":"value"}\'',
  );
}

function tooFar(length: number, path: JsonPath, depth: number): HookcliError {
  const where = jsonPathText(path.slice(0, depth)) || "it";
  const next = jsonPathText([...path.slice(0, depth), length]);
  return notEditable(`${where} has ${length} elements`, `To add one: ${next}`);
}

function noteOn(kind: JsonKind, path: JsonPath, valueText: string): string {
  const was = kind === "number" ? "a number" : kind === "object" ? "an object" : kind === "list" ? "a list" : kind;
  const value = String(JSON.parse(valueText));
  const advice = isJson(value) ? `; --set-json ${jsonPathText(path)}=${value} sets it as JSON` : "";
  return `${jsonPathText(path)} was ${was} and is text now${advice}`;
}
