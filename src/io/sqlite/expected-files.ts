import { isSameFile, markOf } from "./file-mark.ts";
import { movedError } from "./departure-words.ts";
import type { OpenFiles } from "./place-watch.ts";

/**
 * For a second connection to what this process has open: by its path it may get another file, and mix that with the log of
 * the first one.
 * @throws STORE_MOVED
 */
export function refuseOtherFiles(path: string, files: OpenFiles | undefined): void {
  if (!files) return;
  const database = markOf(path);
  if (!isSameFile(database, files.database)) throw movedError(path, database ? "replaced" : "removed");
  if (!isSameFile(markOf(`${path}-wal`), files.log)) throw movedError(path, "log-taken");
}
