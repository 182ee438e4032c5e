import { closeSync, constants, fchmodSync, fstatSync, lstatSync, openSync, type Stats } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { HookcliError } from "../../core/model/errors.ts";
import { isTrustedUser, owners } from "./owners.ts";

/** Windows has no such flags. */
const known: Readonly<Record<string, number | undefined>> = constants;
const NO_FOLLOW = known["O_NOFOLLOW"] ?? 0;
const NO_WAIT = known["O_NONBLOCK"] ?? 0;
const NEW = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | NO_FOLLOW;
/** Opened without waiting: a pipe that somebody left there has no other end. */
const EXISTING = constants.O_RDONLY | NO_FOLLOW | NO_WAIT;
const PRIVATE_MODE = 0o600;

/**
 * Makes a file that was not there, for its owner alone whatever the umask says; the caller closes it.
 * @throws the system's error (EEXIST, also for a link that leads nowhere)
 */
export function createOwnFile(path: string): number {
  const file = openSync(path, NEW, PRIVATE_MODE);
  try {
    if ((fstatSync(file).mode & 0o777) !== PRIVATE_MODE) fchmodSync(file, PRIVATE_MODE);
    return file;
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

/** The same without blocking. */
export async function createOwnFileLater(path: string): Promise<FileHandle> {
  const file = await open(path, NEW, PRIVATE_MODE);
  try {
    if (((await file.stat()).mode & 0o777) !== PRIVATE_MODE) await file.chmod(PRIVATE_MODE);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/**
 * Opens a file to read it: a regular one and no link. Whose it is does not matter, because its folder is ours. The caller
 * closes it.
 * @throws FILE_REFUSED, the system's error (ENOENT)
 */
export async function openRegularFile(path: string): Promise<FileHandle> {
  const file = await open(path, EXISTING).catch((error: unknown) => {
    throw ofLink(error, path);
  });
  try {
    const reason = oddKind(await file.stat());
    if (reason !== undefined) throw refused(path, reason);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/**
 * Opens a file of ours that is there, to write it anew: first it is made its owner's alone, then emptied.
 * The caller closes it.
 * @throws FILE_REFUSED, the system's error (ENOENT, EACCES, EISDIR)
 */
export async function openForRewriting(path: string): Promise<FileHandle> {
  const file = await open(path, constants.O_WRONLY | NO_FOLLOW | NO_WAIT).catch((error: unknown) => {
    throw ofLink(error, path);
  });
  try {
    const found = await file.stat();
    const reason = oddKind(found) ?? otherOwner(found) ?? otherName(found);
    if (reason !== undefined) throw refused(path, reason);
    if ((found.mode & 0o777) !== PRIVATE_MODE) await file.chmod(PRIVATE_MODE);
    await file.truncate(0);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/**
 * Looks at a file that somebody else will open by its name, or that is to be removed: a regular file of ours with no other
 * name, or nothing at all. It is not opened, because closing a database file would drop the locks that this process has on it.
 * @returns what is there; undefined: nothing
 * @throws FILE_REFUSED, the system's error (ENOTDIR)
 */
export function checkOwnFile(path: string): Stats | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false });
  const reason = found && (oddKind(found) ?? otherOwner(found) ?? otherName(found));
  if (reason !== undefined) throw refused(path, reason);
  return found;
}

/** Whether there is such a file. Never throws. */
export function isOwnFile(path: string): boolean {
  try {
    return checkOwnFile(path) !== undefined;
  } catch {
    return false;
  }
}

/** Why it is no regular file, as what "it" is; undefined: it is one. */
export function oddKind(found: Stats): string | undefined {
  if (found.isFile()) return undefined;
  if (found.isSymbolicLink()) return "it is a symbolic link";
  if (found.isDirectory()) return "it is a folder";
  if (found.isFIFO()) return "it is a named pipe";
  return found.isSocket() ? "it is a socket" : "it is a device";
}

/** Why it is not ours; undefined: it is, or nobody can tell. */
export function otherOwner({ uid }: Pick<Stats, "uid">): string | undefined {
  const us = owners();
  return us && !isTrustedUser(uid, us) ? `it belongs to another user (uid ${uid})` : undefined;
}

/** What is written to it would be read under the other name. */
export function otherName({ nlink }: Pick<Stats, "nlink">): string | undefined {
  return nlink > 1 ? "it has a second name elsewhere (a hard link)" : undefined;
}

/** ELOOP is what O_NOFOLLOW says of a link, EMLINK and EFTYPE on BSD; ENXIO of a socket. */
function ofLink(error: unknown, path: string): unknown {
  if (error instanceof HookcliError) return error;
  const { code = "" } = error as NodeJS.ErrnoException;
  if (["ELOOP", "EMLINK", "EFTYPE"].includes(code)) return refused(path, "it is a symbolic link");
  return code === "ENXIO" ? refused(path, "it is no regular file") : error;
}

const ADVICE = "Look at it (ls -l), then move it away, make it yours (chown), or name another one";

/** @param reason what it is, as a sentence that follows the file's name */
export function refused(path: string, reason: string, advice: string = ADVICE): HookcliError {
  return new HookcliError("FILE_REFUSED", { path, reason, advice });
}
