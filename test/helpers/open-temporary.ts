import { statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname } from "node:path";

/**
 * Where tests make their folders: the system's temporary folder, or, where that is closed to others (as `pam_tmpdir` makes it),
 * one that everybody shares. Some tests are about what others could do, and they reach nothing behind a closed folder.
 */
export function openTemporaryFolder(): string {
  const usual = tmpdir();
  return [usual, "/tmp", "/var/tmp"].find(isOpenToAll) ?? usual;
}

/** Whether everyone may go through a folder and all above it. */
function isOpenToAll(path: string): boolean {
  const { mode } = statSync(path, { throwIfNoEntry: false }) ?? { mode: 0 };
  return (mode & 0o001) !== 0 && (path === dirname(path) || isOpenToAll(dirname(path)));
}
