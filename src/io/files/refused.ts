import { HookcliError } from "../../core/model/errors.ts";

const ADVICE = "Look at it (ls -l), then move it away, make it yours (chown), or name another one";

/** @param reason what it is, as a sentence that follows the file's name */
export function refused(path: string, reason: string, advice: string = ADVICE): HookcliError {
  return new HookcliError("FILE_REFUSED", { path, reason, advice });
}
