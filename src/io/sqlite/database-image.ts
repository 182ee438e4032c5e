import type { FileMark } from "./file-mark.ts";
import { isUntouched } from "./file-mark.ts";
import type { LogPosition } from "./fold-log.ts";
import type { IndexState } from "./index-file.ts";
import { isFrameOf, pageOfFrame, readAt, readFrameHead, readFramePage, readLogHead } from "./log-file.ts";

/** Something that this process has committed, and that stays: it is in the file from the next whole fold on. */
export interface Proof {
  /** As they stand on the page. */
  readonly bytes: Buffer;
  /** The pages on one of which they are. May throw. */
  readonly pages: () => readonly number[];
}

/** What was true of a database's file when it was last found well. */
interface Known {
  readonly mark: FileMark;
  readonly header: Buffer;
  /** Of the log when it was last looked at: without a change in these nobody can have written to the database. */
  readonly log: IndexState;
  /** Pages from all over the file. */
  readonly sample: Buffer;
  /** The page that went into the file last, and what it holds since; undefined: none that is known. */
  readonly newest: FilePage | undefined;
  readonly proof: Proof | undefined;
}

type Now = Pick<Known, "mark" | "header" | "log">;

interface FilePage {
  readonly number: number;
  readonly bytes: Buffer;
}

/** See https://sqlite.org/fileformat2.html#the_database_header */
const HEADER_BYTES = 100;
const MAGIC = Buffer.from("SQLite format 3\0");
const SAMPLED_PAGES = 64;
const NO_PAGE = Buffer.alloc(0);
/** More frames than this are not walked to learn whether a page is in the log again. */
const MOST_WALKED = 20_000;

/**
 * What should be in a database's file. With a write-ahead log nobody writes to it but who folds the log, and that shows in
 * the log's position; and the page that was folded last must be in it. Read through one descriptor that stays open.
 */
export class DatabaseImage {
  readonly #file: number;
  readonly #logFile: number;
  readonly #applicationId: number;
  #known: Known | undefined;
  #proof: Proof | undefined;

  /** From now on this is committed. */
  expect(proof: Proof): void {
    this.#proof = proof;
  }

  /** Nothing is in the log only, as of the last look: the next commit begins it anew, and may hide what was done before. */
  get hasAll(): boolean {
    return this.#known !== undefined && this.#known.log.folded === this.#known.log.frames;
  }

  constructor(file: number, logFile: number, applicationId: number) {
    this.#file = file;
    this.#logFile = logFile;
    this.#applicationId = applicationId;
  }

  /**
   * `doubtful`: it is not as it should be, and would look like this also while another process folds the log into it.
   * @param log what its index says; undefined: that cannot be told now
   */
  judge(mark: FileMark, log: IndexState | undefined): "here" | "doubtful" | "overwritten" {
    const known = this.#known;
    if (known && isUntouched(mark, known.mark)) {
      if (log) this.#known = { ...known, log, proof: this.#proof };
      return "here";
    }
    const header = readAt(this.#file, 0, HEADER_BYTES);
    // The first commit makes the header; before it the log holds everything.
    if (!header) return known || mark.sizeBytes > 0 ? "overwritten" : "here";
    if (!this.#isOurs(header, known)) return "overwritten";
    if (!log) return "doubtful";
    const now = { mark, header, log };
    const newest = this.#newestFolded(log, pageBytesOf(header));
    if (newest === "wrong" || (known && !this.#follows(known, now, newest))) return "doubtful";
    const sample = this.#sample(mark.sizeBytes, pageBytesOf(header));
    this.#known = { ...now, sample, proof: this.#proof, newest: newest === "unknown" ? known?.newest : newest };
    return "here";
  }

  #follows(known: Known, now: Now, newest: FilePage | "unknown"): boolean {
    if (hasMoved(known.log, now.log)) return isLongEnough(known, now, newest) && this.#holdsProof(known, now);
    // Nothing was folded, so nobody had a reason to write: the content must be as it was, and only the times may differ.
    const { sizeBytes } = now.mark;
    if (!now.header.equals(known.header) || sizeBytes !== known.mark.sizeBytes) return false;
    if (known.newest && !this.#pageOf(known.newest)) return false;
    return this.#sample(sizeBytes, pageBytesOf(now.header)).equals(known.sample);
  }

  /** A log that began anew was folded whole before, with all that had been committed when it was looked at. */
  #holdsProof({ log, proof }: Known, now: Now): boolean {
    if (!proof || now.log.salts.equals(log.salts)) return true;
    const pageBytes = pageBytesOf(now.header);
    try {
      return proof
        .pages()
        .some((number) => readAt(this.#file, (number - 1) * pageBytes, pageBytes)?.includes(proof.bytes) === true);
    } catch {
      return false;
    }
  }

  /** So many pages, evenly spread, the last one among them; of a small file all. */
  #sample(sizeBytes: number, pageBytes: number): Buffer {
    const pages = Math.floor(sizeBytes / pageBytes);
    const count = Math.min(pages, SAMPLED_PAGES);
    const numbers = Array.from({ length: count }, (_, nth) => Math.ceil(((nth + 1) * pages) / count));
    return Buffer.concat(numbers.map((number) => readAt(this.#file, (number - 1) * pageBytes, pageBytes) ?? NO_PAGE));
  }

  /** The last page that was folded, which is in the file now; `unknown`: a later one in the log may have taken its place. */
  #newestFolded({ frames, folded }: LogPosition, pageBytes: number): FilePage | "wrong" | "unknown" {
    const log = readLogHead(this.#logFile);
    if (!log || folded === 0 || log.pageBytes !== pageBytes) return "unknown";
    const frame = readFrameHead(this.#logFile, folded, pageBytes);
    const bytes = readFramePage(this.#logFile, folded, pageBytes);
    if (!frame || !bytes || !isFrameOf(frame, log)) return "unknown";
    const page = { number: pageOfFrame(frame), bytes };
    if (this.#pageOf(page)) return page;
    // A fold leaves out a page that stands in the log once more, behind the part that is folded.
    for (let number = folded + 1; number <= Math.min(frames, folded + MOST_WALKED); number += 1) {
      const later = readFrameHead(this.#logFile, number, pageBytes);
      if (later && pageOfFrame(later) === page.number) return "unknown";
    }
    return "wrong";
  }

  #pageOf({ number, bytes }: FilePage): boolean {
    return readAt(this.#file, (number - 1) * bytes.length, bytes.length)?.equals(bytes) === true;
  }

  #isOurs(header: Buffer, known: Known | undefined): boolean {
    if (!header.subarray(0, MAGIC.length).equals(MAGIC)) return false;
    // The first one of a fresh database may not have been folded yet.
    if (!known) return true;
    const [id, version] = [header.readUInt32BE(68), header.readUInt32BE(60)];
    const wasFresh = known.header.readUInt32BE(68) === 0;
    return (
      pageBytesOf(header) === pageBytesOf(known.header) &&
      (id === this.#applicationId || (wasFresh && id === 0)) &&
      version >= known.header.readUInt32BE(60)
    );
  }
}

function pageBytesOf(header: Buffer): number {
  const said = header.readUInt16BE(16);
  return said === 1 ? 65_536 : said;
}

/** Whether pages may have gone from the log into the database. */
function hasMoved(before: IndexState, now: IndexState): boolean {
  return before.folded !== now.folded || !before.salts.equals(now.salts);
}

/** A log begins anew only when all of it is in the database, which then is as long as its header says. */
function isLongEnough(known: Known, { mark, header, log }: Now, newest: FilePage | "unknown"): boolean {
  const pageBytes = pageBytesOf(header);
  const isWhole = log.folded === log.frames || (log.folded === 0 && !log.salts.equals(known.log.salts));
  if (isWhole && mark.sizeBytes !== header.readUInt32BE(28) * pageBytes) return false;
  return newest === "unknown" || mark.sizeBytes >= newest.number * pageBytes;
}
