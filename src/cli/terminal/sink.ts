import { write } from "node:fs";

/** A reader that is slower than this many bytes loses lines of a running log, never the capture behind it. */
const MAX_WAITING_BYTES = 8 * 1024 * 1024;
const AGAIN_AFTER_MS = 10;
/** Lines that follow each other faster than this go out together: each write wakes a thread and the event loop. */
const GATHER_MS = 10;
const GATHER_BYTES = 64 * 1024;
/** What a file says that cannot take more; whatever else goes wrong means that nobody reads. */
const NO_ROOM: ReadonlySet<string | undefined> = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

/**
 * A file descriptor that is written without ever blocking the event loop: a terminal held by Ctrl-S or a stalled pipe must
 * not stop the capture. A reader that has gone away is noticed, not thrown.
 */
export class Sink {
  readonly #fd: number;
  #queue: Uint8Array[] = [];
  #waitingBytes = 0;
  #isWriting = false;
  #isClosed = false;
  #noRoomCode: string | undefined;
  #rest: NodeJS.Timeout | undefined;
  readonly #whenFlushed: (() => void)[] = [];
  #whenClosed: (() => void) | undefined;

  constructor(fd: number) {
    this.#fd = fd;
  }

  /** The reader has gone: nothing that is written arrives anywhere. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** The system's code where output is lost, though somebody wants it, because there is no room for it. */
  get noRoomCode(): string | undefined {
    return this.#noRoomCode;
  }

  /** So much waits for a slow reader that a running log should leave lines out. */
  get isOverfull(): boolean {
    return this.#waitingBytes > MAX_WAITING_BYTES;
  }

  onClosed(told: () => void): void {
    this.#whenClosed = told;
    if (this.#isClosed) told();
  }

  write(bytes: string | Uint8Array): void {
    if (this.#isClosed || bytes.length === 0) return;
    const chunk = typeof bytes === "string" ? Buffer.from(bytes) : bytes;
    this.#queue.push(chunk);
    this.#waitingBytes += chunk.length;
    if (this.#isWriting) return;
    if (this.#rest && this.#waitingBytes < GATHER_BYTES) this.#rest.ref();
    else this.#writeSoon();
  }

  /** Resolves when all that was written is out, or nobody reads any more. */
  async flushed(): Promise<void> {
    if (!this.#isWriting && this.#queue.length === 0) return;
    if (!this.#isWriting) this.#writeSoon();
    await new Promise<void>((resolve) => this.#whenFlushed.push(resolve));
  }

  /** What is written in one turn of the event loop goes out in one call. */
  #writeSoon(): void {
    clearTimeout(this.#rest);
    this.#rest = undefined;
    this.#isWriting = true;
    setImmediate(this.#next);
  }

  readonly #next = (): void => {
    const chunk = this.#queue.length === 1 ? this.#queue[0] : Buffer.concat(this.#queue);
    this.#queue = [];
    if (chunk) this.#writeOut(chunk);
  };

  #writeOut(chunk: Uint8Array): void {
    write(this.#fd, chunk, (error, written) => {
      // oxlint-disable-next-line no-restricted-globals -- the clock's wait would let the process end with output unwritten
      if (error?.code === "EAGAIN") return void setTimeout(() => this.#writeOut(chunk), AGAIN_AFTER_MS);
      if (error) return this.#close(error.code);
      this.#waitingBytes -= written;
      if (written < chunk.length) return this.#writeOut(chunk.subarray(written));
      if (this.#queue.length === 0) this.#tellFlushed();
      const isUrgent = this.#waitingBytes >= GATHER_BYTES || this.#whenFlushed.length > 0;
      if (this.#queue.length > 0 && isUrgent) this.#next();
      else this.#takeRest();
    });
  }

  /** A pause in which lines gather; one in which none comes keeps no process running. */
  #takeRest(): void {
    this.#isWriting = false;
    // oxlint-disable-next-line no-restricted-globals -- the clock's wait would let the process end with output unwritten
    this.#rest = setTimeout(() => {
      this.#rest = undefined;
      if (this.#queue.length > 0) this.#writeSoon();
    }, GATHER_MS);
    if (this.#queue.length === 0) this.#rest.unref();
  }

  #tellFlushed(): void {
    for (const resolve of this.#whenFlushed.splice(0)) resolve();
  }

  #close(code: string | undefined): void {
    if (NO_ROOM.has(code)) this.#noRoomCode = code;
    this.#isClosed = true;
    this.#queue = [];
    this.#waitingBytes = 0;
    this.#isWriting = false;
    this.#tellFlushed();
    this.#whenClosed?.();
  }
}
