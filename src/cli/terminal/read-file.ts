import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { HookcliError } from "../../core/model/errors.ts";

/** What has no size of its own (a pipe, a device) could go on for ever. */
export const MOST_STREAMED_BYTES = 256 * 1024 * 1024;
/** More than this no program can hold in one piece. */
const MOST_BYTES = 2 ** 31 - 1;
const PIECE_BYTES = 64 * 1024;

/** No text that hookcli reads as a whole (settings, certificates) is as large. */
const MOST_TEXT_BYTES = 16 * 1024 * 1024;

/** @throws FILE_UNREADABLE, also where it is larger than 16 MiB */
export function readTextFile(path: string): string {
  return bytesOf(path, MOST_TEXT_BYTES).toString("utf8");
}

/**
 * All of a file, of a pipe or of a device, at most 2 GiB of the one and 256 MiB of the others.
 * @throws FILE_UNREADABLE
 */
export function readFileBytes(path: string): Buffer {
  return bytesOf(path, MOST_BYTES);
}

function bytesOf(path: string, mostBytes: number): Buffer {
  const found = readAtMost(path, mostBytes);
  if (Buffer.isBuffer(found)) return found;
  throw new HookcliError("FILE_UNREADABLE", { path, reason: found.reason }, { cause: found.cause });
}

/** The same as far as it is not longer than `mostBytes`; else what stands against it. */
export function readAtMost(
  path: string,
  mostBytes: number,
): Buffer | { readonly reason: string; readonly cause?: unknown } {
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDONLY);
  } catch (cause) {
    return { reason: (cause as NodeJS.ErrnoException).code ?? String(cause), cause };
  }
  try {
    const limit = fstatSync(fd).isFile() ? mostBytes : Math.min(mostBytes, MOST_STREAMED_BYTES);
    const bytes = readPieces(fd, limit);
    return bytes ?? { reason: `it is larger than ${limitText(limit)}` };
  } catch (cause) {
    return { reason: (cause as NodeJS.ErrnoException).code ?? String(cause), cause };
  } finally {
    closeSync(fd);
  }
}

/** Undefined where there is more than that. */
function readPieces(fd: number, mostBytes: number): Buffer | undefined {
  const pieces: Buffer[] = [];
  // A size is a promise that a growing file does not keep; of most files it makes one read of many.
  let pieceBytes = Math.max(PIECE_BYTES, Math.min(fstatSync(fd).size + 1, mostBytes + 1));
  for (let bytes = 0; ;) {
    const piece = Buffer.allocUnsafe(pieceBytes);
    const count = readSync(fd, piece, 0, piece.length, null);
    if (count === 0) return pieces.length === 1 ? pieces[0] : Buffer.concat(pieces, bytes);
    bytes += count;
    if (bytes > mostBytes) return undefined;
    pieces.push(piece.subarray(0, count));
    pieceBytes = PIECE_BYTES;
  }
}

function limitText(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.floor(bytes / 1024)} KiB` : `${Math.floor(bytes / 1024 / 1024)} MiB`;
}
