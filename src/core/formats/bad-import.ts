import { HookcliError } from "../model/errors.ts";

/**
 * A file that cannot be read as requests.
 * @param place `line 3`, `entry 2`, `message 1`, `command 1`, `the file`
 * @param problem what is wrong there, as a clause
 */
export function badImport(place: string, problem: string, cause?: unknown): HookcliError {
  return new HookcliError("BAD_IMPORT", { place, problem }, cause === undefined ? undefined : { cause });
}
