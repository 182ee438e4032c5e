import { markOfOpen } from "./file-mark.ts";
import type { IndexState } from "./index-file.ts";
import { frameSum, isFrameOf, isFrameWhole, logBytes, type LogHead, readFrameHead, readLogHead } from "./log-file.ts";

/** What was found whole. */
interface Seen {
  readonly salts: Buffer;
  readonly frames: number;
  readonly lastFrameHead: Buffer;
}

/** So many new frames are summed up in each look; of more, so many that lie evenly among them. */
const MOST_SUMMED = 48;

/**
 * What should be in a log, by what its index says of it. One that was cut is made long again by the next commit, with a
 * hole in it, so its length alone says little: what is new in it is read at each look.
 */
export class LogImage {
  readonly #file: number;
  #seen: Seen | undefined;

  /** @param file an open descriptor of the log */
  constructor(file: number) {
    this.#file = file;
  }

  isWhole({ frames, salts, lastSum }: IndexState): boolean {
    if (frames === 0) return true;
    const head = readLogHead(this.#file);
    if (!head?.salts.equals(salts)) return false;
    if (markOfOpen(this.#file).sizeBytes < logBytes(frames, head.pageBytes)) return false;
    const lastFrameHead = readFrameHead(this.#file, frames, head.pageBytes);
    if (!lastFrameHead || !isFrameOf(lastFrameHead, head) || !frameSum(lastFrameHead).equals(lastSum)) return false;
    if (!this.#areNewOnesWhole(head, frames)) return false;
    this.#seen = { salts, frames, lastFrameHead };
    return true;
  }

  #areNewOnesWhole(head: LogHead, frames: number): boolean {
    const seen = this.#seen?.salts.equals(head.salts) === true ? this.#seen : undefined;
    // Fewer than before in the same log: its index was made anew, and does not know all of it.
    if (seen && frames < seen.frames) return false;
    if (seen && readFrameHead(this.#file, seen.frames, head.pageBytes)?.equals(seen.lastFrameHead) !== true)
      return false;
    const from = (seen?.frames ?? 0) + 1;
    const stride = Math.max(1, (frames - from + 1) / MOST_SUMMED);
    for (let at = from; at <= frames; at += stride) if (!isFrameWhole(this.#file, Math.floor(at), head)) return false;
    return true;
  }
}
