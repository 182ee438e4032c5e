import { type BigIntStats, fstatSync, statSync } from "node:fs";

/** Which file it is, whatever its name: device and inode. */
export interface FileIdentity {
  readonly dev: bigint;
  readonly ino: bigint;
}

/** Which file it is, and what every write to it changes. */
export interface FileMark extends FileIdentity {
  readonly sizeBytes: number;
  /** When its content was last written, in ns. */
  readonly writtenAtNs: bigint;
  /** The same for anything about it, its name included: nobody can set this one back. */
  readonly changedAtNs: bigint;
}

/**
 * The file at a path, links followed; undefined where there is none, or it cannot be looked at. Opens nothing: to close any
 * descriptor of a database would give up the locks that this process has on it.
 */
export function markOf(path: string): FileMark | undefined {
  try {
    const found = statSync(path, { bigint: true, throwIfNoEntry: false });
    return found && toMark(found);
  } catch {
    return undefined;
  }
}

/** The file behind a descriptor. */
export function markOfOpen(file: number): FileMark {
  return toMark(fstatSync(file, { bigint: true }));
}

export function isSameFile(one: FileIdentity | undefined, other: FileIdentity | undefined): boolean {
  return one !== undefined && other !== undefined && one.ino === other.ino && one.dev === other.dev;
}

/** The same file, and its content is as it was; it may have been renamed. */
export function isUnwritten(one: FileMark | undefined, other: FileMark | undefined): boolean {
  return isSameFile(one, other) && one?.sizeBytes === other?.sizeBytes && one?.writtenAtNs === other?.writtenAtNs;
}

/** The same file, and nobody has touched it in any way. */
export function isUntouched(one: FileMark | undefined, other: FileMark | undefined): boolean {
  return isUnwritten(one, other) && one?.changedAtNs === other?.changedAtNs;
}

function toMark({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): FileMark {
  return { dev, ino, sizeBytes: Number(size), writtenAtNs: mtimeNs, changedAtNs: ctimeNs };
}
