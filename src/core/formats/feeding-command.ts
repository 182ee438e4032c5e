import { printfFormat, shellSafeText } from "./printf-format.ts";
import { shellQuote } from "./shell-quote.ts";

/** One argument holds at most 128 KiB on Linux; what a shell prints into a pipe has no such limit. */
const MAX_ARGUMENT_BYTES = 100_000;

/** A command that prints the body; undefined where the body can simply be an argument. */
export function feedingCommand(body: Uint8Array): string | undefined {
  const text = shellSafeText(body);
  if (text === undefined) return `printf ${printfFormat(body)}`;
  return body.length > MAX_ARGUMENT_BYTES ? `printf %s ${shellQuote(text)}` : undefined;
}
