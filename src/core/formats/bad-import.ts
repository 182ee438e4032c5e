import { HookcliError } from "../model/errors.ts";

const MOST_SHOWN = 60;

/** The beginning of a foreign value in an error; of objects and lists, which may be as deep as they like, what they are. */
export function shortText(value: unknown): string {
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "an object";
  if (typeof value !== "string") return String(value);
  return value.length <= MOST_SHOWN ? JSON.stringify(value) : `${JSON.stringify(value.slice(0, MOST_SHOWN))}…`;
}

/**
 * A file that cannot be read as requests.
 * @param place `line 3`, `entry 2`, `message 1`, `command 1`, `the file`
 * @param problem what is wrong there, as a clause
 */
export function badImport(place: string, problem: string, cause?: unknown): HookcliError {
  return new HookcliError("BAD_IMPORT", { place, problem }, cause === undefined ? undefined : { cause });
}
