import { HookcliError } from "../../core/model/errors.ts";
import { nearestOf } from "../../core/model/nearest.ts";
import type { ConfigDocument } from "./config-document.ts";

/** The way to a value from the top of a file: `["routes", 0, "to"]`. */
export type Steps = readonly (string | number)[];

const LIST_HELP = "hookcli init --print shows a file with every setting.";

/** `listen.port`, `routes[0].to` */
export function keyText(steps: Steps): string {
  const text = steps.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("");
  return text === "" ? "the file" : text.replace(/^\./, "");
}

/** BAD_CONFIG for a value of the wrong kind; `wanted` follows "must be". */
export function wrongKind(value: unknown, steps: Steps, document: ConfigDocument, wanted: string): HookcliError {
  const problem = `${keyText(steps)} must be ${wanted}, not ${shortly(value)}`;
  return new HookcliError("BAD_CONFIG", { place: document.placeOf(steps), problem, help: LIST_HELP });
}

/**
 * BAD_CONFIG for a key that does not exist.
 * @param neighbours keys that exist where it stands
 * @param elsewhere whole names of keys in other places (`listen.port`), which may be meant too
 */
export function noSuchKey(
  steps: Steps,
  document: ConfigDocument,
  neighbours: readonly string[],
  elsewhere: readonly string[] = [],
): HookcliError {
  const name = String(steps.at(-1));
  const where = steps.length > 1 ? ` in ${keyText(steps.slice(0, -1))}` : "";
  // As the flag is written: on-error.
  const word = name.replaceAll(/[-_]/g, "");
  const leaf = nearestOf(word, elsewhere.map(lastPart));
  const meant = nearestOf(word, neighbours) ?? elsewhere.find((key) => lastPart(key) === leaf);
  return new HookcliError("BAD_CONFIG", {
    place: document.placeOf(steps),
    problem: `there is no setting ${JSON.stringify(name)}${where}`,
    help: meant === undefined ? LIST_HELP : `Did you mean ${JSON.stringify(meant)}?`,
  });
}

/** BAD_CONFIG for a value that lacks something. */
export function lacking(steps: Steps, document: ConfigDocument, problem: string): HookcliError {
  return new HookcliError("BAD_CONFIG", {
    place: document.placeOf(steps),
    problem: `${keyText(steps)} ${problem}`,
    help: LIST_HELP,
  });
}

function lastPart(key: string): string {
  return key.slice(key.lastIndexOf(".") + 1);
}

/** A value in an error: its kind alone where it is more than one word, for it may hold anything. */
function shortly(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value === "function") return "a function";
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
