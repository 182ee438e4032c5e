import { readSync } from "node:fs";
import { endianness } from "node:os";

/** What the head of a write-ahead log says. See https://sqlite.org/fileformat2.html#walformat */
export interface LogHead {
  readonly pageBytes: number;
  /** Which way round the numbers are summed up. */
  readonly isBigEndian: boolean;
  /** Both salts: each frame that counts repeats them. */
  readonly salts: Buffer;
}

const HEAD_BYTES = 32;
const FRAME_HEAD_BYTES = 24;
/** The last bit only says how the check sums are made. */
const MAGIC = 0x377f0682;
const IS_BIG_ENDIAN = endianness() === "BE";

/** Undefined: what is there is no log's head. */
export function readLogHead(file: number): LogHead | undefined {
  const head = readAt(file, 0, HEAD_BYTES);
  if (!head || (head.readUInt32BE(0) & ~1) !== MAGIC) return undefined;
  return {
    pageBytes: head.readUInt32BE(8),
    salts: head.subarray(16, 24),
    isBigEndian: (head.readUInt32BE(0) & 1) === 1,
  };
}

/** Whether a frame's check sum is right, on top of that of the frame before it (of the log's head, for the first one). */
export function isFrameWhole(file: number, number: number, { pageBytes, isBigEndian }: LogHead): boolean {
  const before = readAt(file, number === 1 ? HEAD_BYTES - 8 : logBytes(number - 2, pageBytes) + 16, 8);
  const frame = Buffer.from(new ArrayBuffer(FRAME_HEAD_BYTES + pageBytes));
  const read = readSync(file, frame, 0, frame.length, logBytes(number - 1, pageBytes));
  if (!before || read !== frame.length) return false;
  const [one, other] = [frame.readInt32BE(16), frame.readInt32BE(20)];
  if (isBigEndian !== IS_BIG_ENDIAN) frame.swap32();
  const words = new Int32Array(frame.buffer);
  const head = sumUp([before.readInt32BE(0), before.readInt32BE(4)], words, 0, 2);
  const sum = sumUp(head, words, FRAME_HEAD_BYTES / 4, words.length);
  return sum[0] === one && sum[1] === other;
}

type Sum = readonly [number, number];

function sumUp([first, second]: Sum, words: Int32Array, from: number, to: number): Sum {
  let [one, other] = [first, second];
  for (let at = from; at < to; at += 2) {
    one = (one + (words[at] ?? 0) + other) | 0;
    other = (other + (words[at + 1] ?? 0) + one) | 0;
  }
  return [one, other];
}

/** Where a log of so many frames ends. */
export function logBytes(frames: number, pageBytes: number): number {
  return HEAD_BYTES + frames * (FRAME_HEAD_BYTES + pageBytes);
}

/** What stands before a page in the log; number 1 is the first. Undefined: the file ends before it. */
export function readFrameHead(file: number, number: number, pageBytes: number): Buffer | undefined {
  return readAt(file, logBytes(number - 1, pageBytes), FRAME_HEAD_BYTES);
}

/** Whether a frame belongs to the log as it is, and not to what it was before it began anew. */
export function isFrameOf(frameHead: Buffer | undefined, { salts }: LogHead): boolean {
  return frameHead?.subarray(8, 16).equals(salts) === true;
}

/** The check sum in a frame's head, over it and all frames before it. */
export function frameSum(frameHead: Buffer): Buffer {
  return frameHead.subarray(16, 24);
}

/** Number of the page that a frame holds. */
export function pageOfFrame(frameHead: Buffer): number {
  return frameHead.readUInt32BE(0);
}

/** The page in a frame. */
export function readFramePage(file: number, number: number, pageBytes: number): Buffer | undefined {
  return readAt(file, logBytes(number - 1, pageBytes) + FRAME_HEAD_BYTES, pageBytes);
}

/** Undefined: the file ends before. */
export function readAt(file: number, from: number, bytes: number): Buffer | undefined {
  const read = Buffer.allocUnsafe(bytes);
  return readSync(file, read, 0, bytes, from) === bytes ? read : undefined;
}
