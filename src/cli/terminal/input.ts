import { fstatSync } from "node:fs";
import { HookcliError } from "../../core/model/errors.ts";
import { MOST_STREAMED_BYTES } from "./read-file.ts";

/** What a person, or another program, says to a command while it runs. */
export interface Input {
  isTty(): boolean;
  /** Everything up to the end, at most 256 MiB. @throws FILE_UNREADABLE */
  readAll(): Promise<Uint8Array>;
  /** The next line without its end; undefined where there is none any more. Only for a terminal. */
  readLine(): Promise<string | undefined>;
  /** The same without what is typed being seen. */
  readHidden(): Promise<string | undefined>;
}

/** Standard input of this process, untouched until it is asked for something. */
export const standardInput: Input = {
  isTty() {
    try {
      return fstatSync(0).isCharacterDevice() && process.stdin.isTTY;
    } catch {
      // Closed from the start.
      return false;
    }
  },

  async readAll() {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of process.stdin) {
      chunks.push(chunk as Buffer);
      bytes += (chunk as Buffer).length;
      // What goes on for ever ends here, and not with the memory.
      if (bytes > MOST_STREAMED_BYTES) throw tooLong();
    }
    return Buffer.concat(chunks);
  },

  async readLine() {
    const { stdin } = process;
    if (stdin.readableEnded || stdin.destroyed) return undefined;
    // A terminal gives out whole lines.
    const line = await new Promise<string | undefined>((resolve) => {
      stdin.once("data", (chunk: Buffer) => resolve(chunk.toString("utf8")));
      for (const over of ["end", "close", "error"]) stdin.once(over, () => resolve(undefined));
      stdin.resume();
    });
    stdin.pause();
    for (const heard of ["data", "end", "close", "error"]) stdin.removeAllListeners(heard);
    return line?.replace(/\r?\n$/, "");
  },

  async readHidden() {
    const { readHidden } = await import("./read-hidden.ts");
    return readHidden(process.stdin, () => process.kill(process.pid, "SIGINT"));
  },
};

function tooLong(): HookcliError {
  return new HookcliError("FILE_UNREADABLE", { path: "standard input", reason: "it is larger than 256 MiB" });
}
