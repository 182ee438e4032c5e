import { readFileSync } from "node:fs";
import { HookcliError } from "../core/model/errors.ts";

/** @throws FILE_UNREADABLE */
export function readTextFile(path: string): string {
  return readFileBytes(path).toString("utf8");
}

/** @throws FILE_UNREADABLE */
export function readFileBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new HookcliError("FILE_UNREADABLE", { path, reason }, { cause: error });
  }
}
