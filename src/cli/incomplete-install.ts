import { HookcliError } from "../core/model/errors.ts";

/** INCOMPLETE_INSTALL where a package or a file of hookcli's own is not there; undefined for any other error. */
export function incompleteInstall(error: unknown): HookcliError | undefined {
  if (!(error instanceof Error) || (error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") return undefined;
  const part = /^Cannot find (?:package|module) '([^']+)'/.exec(error.message)?.[1] ?? error.message;
  return new HookcliError("INCOMPLETE_INSTALL", { part }, { cause: error });
}
