import { fstatSync } from "node:fs";

/** What a person, or another program, says to a command while it runs. */
export interface Input {
  isTty(): boolean;
  /** Everything up to the end. */
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
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
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
