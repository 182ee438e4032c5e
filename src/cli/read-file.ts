import { readFileSync } from "node:fs";
import { HookcliError } from "../core/model/errors.ts";

/** @throws FILE_UNREADABLE */
export function readTextFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new HookcliError("FILE_UNREADABLE", { path, reason }, { cause: error });
  }
}
