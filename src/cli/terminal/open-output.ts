import { constants, lstatSync, readlinkSync, type Stats, statSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { normalize } from "node:path";
import { HookcliError } from "../../core/model/errors.ts";
import { createOwnFileLater, openForRewriting, otherOwner, refused } from "../../io/files/own-file.ts";

/** What the shell has opened already: links all of them, and who may write there was its affair. */
const OPENED_BEFORE = /^\/(?:dev\/(?:stdin|stdout|stderr|fd\/\d+)|proc\/(?:self|thread-self|\d+)\/fd\/\d+)$/;

/** A file that is being written. */
export interface OutputFile {
  /** Writes all of it. */
  readonly write: (piece: Uint8Array) => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * Opens the file that a person names for output that may hold secrets, for its owner alone also where it is there already:
 * emptied only after its mode is set. No link is followed, and nothing of somebody else's is written to. The caller closes it.
 * @param storePath of the store that the output comes from, which is not written over
 * @throws FILE_REFUSED, FILE_UNWRITABLE
 */
export async function openOutput(path: string, storePath: string): Promise<OutputFile> {
  const file = await explaining(path, async () => openAny(path, storePath));
  return {
    write: async (piece) => explaining(path, async () => file.writeFile(piece)),
    close: async () => explaining(path, async () => file.close()),
  };
}

async function openAny(path: string, storePath: string): Promise<FileHandle> {
  // At its end: what the shell was told to append to is not written over.
  if (OPENED_BEFORE.test(normalize(path))) return open(path, constants.O_WRONLY | constants.O_APPEND);
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return createOwnFileLater(path);
  refuseStore(path, storePath);
  if (found.isSymbolicLink()) throw refused(path, `it is a symbolic link to ${targetOf(path)}`, "Name the file itself");
  if (found.isFIFO() || found.isCharacterDevice()) return openSpecial(path, found);
  return openForRewriting(path);
}

async function explaining<Result>(path: string, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof HookcliError) throw error;
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new HookcliError("FILE_UNWRITABLE", { path, reason }, { cause: error });
  }
}

/** A device, or a pipe of our own: whoever reads it is there, or is waited for. */
async function openSpecial(path: string, found: Stats): Promise<FileHandle> {
  const reason = otherOwner(found);
  if (reason !== undefined) throw refused(path, reason);
  return open(path, constants.O_WRONLY);
}

/** Under whatever name. */
function refuseStore(path: string, storePath: string): void {
  const asked = statSync(path, { throwIfNoEntry: false });
  for (const part of ["", "-wal", "-shm"]) {
    const found = statSync(`${storePath}${part}`, { throwIfNoEntry: false });
    if (asked && found && asked.dev === found.dev && asked.ino === found.ino)
      throw refused(path, "it is the store itself", "Name another file");
  }
}

function targetOf(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return "somewhere else";
  }
}
