import { execFileSync } from "node:child_process";
import { closeSync, constants, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { temporaryFolder } from "./surroundings.ts";

/** A real pipe whose two ends are both in this process; neither blocks. Needs the program mkfifo. */
export class Fifo {
  readonly writeFd: number;
  readonly #readFd: number;
  #isReadOpen = true;

  constructor() {
    const path = join(temporaryFolder(), "pipe");
    execFileSync("mkfifo", [path]);
    this.#readFd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    this.writeFd = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
    onTestFinished(() => {
      closeSync(this.writeFd);
      this.closeReader();
    });
  }

  /** Reads until so many bytes came; what is not there yet is waited for. */
  async read(sizeBytes: number): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for (let left = sizeBytes; left > 0;) {
      const chunk = this.#readSome(left);
      if (chunk.length === 0) await new Promise((resolve) => setImmediate(resolve));
      chunks.push(chunk);
      left -= chunk.length;
    }
    return Buffer.concat(chunks);
  }

  closeReader(): void {
    if (this.#isReadOpen) closeSync(this.#readFd);
    this.#isReadOpen = false;
  }

  #readSome(most: number): Buffer {
    const chunk = Buffer.alloc(Math.min(most, 65_536));
    try {
      return chunk.subarray(0, readSync(this.#readFd, chunk));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EAGAIN") return Buffer.alloc(0);
      throw error;
    }
  }
}
