import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { HookcliError } from "../core/model/errors.ts";

/** No text that hookcli reads as a whole (settings, certificates) is as large; a device may never end. */
const MOST_TEXT_BYTES = 16 * 1024 * 1024;

/** @throws FILE_UNREADABLE, also where it is larger than 16 MiB */
export function readTextFile(path: string): string {
  return reading(path, () => {
    const file = openSync(path, "r");
    try {
      return beginningOf(file, path).toString("utf8");
    } finally {
      closeSync(file);
    }
  });
}

/** @throws FILE_UNREADABLE */
export function readFileBytes(path: string): Buffer {
  return reading(path, () => readFileSync(path));
}

function beginningOf(file: number, path: string): Buffer {
  const chunks: Buffer[] = [];
  for (let bytes = 0; bytes <= MOST_TEXT_BYTES;) {
    const chunk = Buffer.alloc(64 * 1024);
    const read = readSync(file, chunk);
    if (read === 0) return Buffer.concat(chunks);
    chunks.push(chunk.subarray(0, read));
    bytes += read;
  }
  throw new HookcliError("FILE_UNREADABLE", { path, reason: "it is larger than 16 MiB" });
}

function reading<Content>(path: string, read: () => Content): Content {
  try {
    return read();
  } catch (error) {
    if (error instanceof HookcliError) throw error;
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new HookcliError("FILE_UNREADABLE", { path, reason }, { cause: error });
  }
}
