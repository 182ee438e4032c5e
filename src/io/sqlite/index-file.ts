import { endianness } from "node:os";
import type { LogPosition } from "./fold-log.ts";
import { readAt } from "./log-file.ts";

/** What the index of a log says of it. */
export interface IndexState extends LogPosition {
  /** Of the log as it is now; others as soon as it begins anew. */
  readonly salts: Buffer;
  /** Check sum of the last frame, as it stands in that frame's head. */
  readonly lastSum: Buffer;
}

/** See https://sqlite.org/walformat.html#the_wal_index_file_format */
const HEADER_BYTES = 48;
const VERSION = 3_007_000;
const FOLDED_AT = 2 * HEADER_BYTES;

/**
 * Reads it from an open descriptor, as it is in memory now. Undefined: somebody is writing it at this moment, or it is none.
 * Nothing in it is locked, and nothing is touched that is no longer there.
 */
export function readIndex(file: number): IndexState | undefined {
  const bytes = readAt(file, 0, FOLDED_AT + 4);
  if (!bytes?.subarray(0, HEADER_BYTES).equals(bytes.subarray(HEADER_BYTES, FOLDED_AT))) return undefined;
  if (numberAt(bytes, 0) !== VERSION) return undefined;
  const lastSum = Buffer.alloc(8);
  lastSum.writeUInt32BE(numberAt(bytes, 24), 0);
  lastSum.writeUInt32BE(numberAt(bytes, 28), 4);
  return { frames: numberAt(bytes, 16), folded: numberAt(bytes, FOLDED_AT), salts: bytes.subarray(32, 40), lastSum };
}

/** Whether nothing was committed, and no log begun, between two readings. */
export function isSameIndex(one: IndexState, other: IndexState | undefined): boolean {
  return one.frames === other?.frames && one.salts.equals(other.salts) && one.lastSum.equals(other.lastSum);
}

/** The index is written as the machine writes numbers. */
function numberAt(bytes: Buffer, at: number): number {
  return endianness() === "BE" ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at);
}
