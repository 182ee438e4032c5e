import { lstatSync, realpathSync, type Stats, statSync } from "node:fs";
import { dirname } from "node:path";
import { oddKind, otherOwner } from "../../io/files/own-file.ts";
import { otherWriters, owners } from "../../io/files/owners.ts";

const STICKY = 0o1000;

/**
 * Why a configuration file that was merely found is not used; undefined: only we, or root, can have written what it says.
 * Where it is, is no matter for a file of data, since nobody makes a file that is ours. Code may also load what lies beside it.
 */
export function distrust(path: string): string | undefined {
  const found = statSync(path);
  const oddity = oddKind(found) ?? otherOwner(found) ?? otherOwner(lstatSync(path));
  if (oddity !== undefined) return oddity.replace(/^it /, "the file ");
  const writers = writersOf(found, path);
  if (writers !== undefined) return `${writers} may write to the file`;
  if (!isCode(path)) return undefined;
  for (const folder of new Set([dirname(path), dirname(realpathSync(path))])) {
    const inside = statSync(folder);
    const others = (inside.mode & STICKY) === 0 ? writersOf(inside, folder) : undefined;
    if (others !== undefined) return `${others} may write to its folder, from which it may load more code`;
  }
  return undefined;
}

/** Whether Node runs a configuration file, and does not only read it. */
export function isCode(path: string): boolean {
  return /\.[cm]?[jt]s$/i.test(path);
}

function writersOf(found: Stats, path: string): string | undefined {
  const us = owners();
  return us && otherWriters(found, path, us);
}
