import { StringDecoder } from "node:string_decoder";
import type { ReadStream } from "node:tty";

/**
 * Reads a line from a terminal that does not show it. Backspace takes a character back, Ctrl-U all of them.
 * @param interrupt what Ctrl-C means; the terminal is as it was by then
 * @returns undefined for Ctrl-D on an empty line, and where the terminal goes away
 */
export async function readHidden(stdin: ReadStream, interrupt: () => void): Promise<string | undefined> {
  if (stdin.readableEnded || stdin.destroyed) return undefined;
  const decoder = new StringDecoder("utf8");
  let typed = "";
  let isInterrupted = false;
  stdin.setRawMode(true);
  try {
    return await new Promise<string | undefined>((resolve) => {
      const take = (character: string): void => {
        if (character === "\r" || character === "\n") resolve(typed);
        else if (character === "\u0004" && typed === "") resolve(undefined);
        else if (character === "\u0003") {
          isInterrupted = true;
          resolve(undefined);
        } else if (character === "\u007f" || character === "\b") typed = typed.replace(/.$/su, "");
        else if (character === "\u0015") typed = "";
        else if (character >= " ") typed += character;
      };
      stdin.on("data", (chunk: Buffer) => {
        for (const character of decoder.write(chunk)) take(character);
      });
      for (const over of ["end", "close", "error"]) stdin.once(over, () => resolve(undefined));
      stdin.resume();
    });
  } finally {
    stdin.pause();
    for (const heard of ["data", "end", "close", "error"]) stdin.removeAllListeners(heard);
    if (!stdin.destroyed) stdin.setRawMode(false);
    if (isInterrupted) interrupt();
  }
}
