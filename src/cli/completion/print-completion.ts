import { safeLine } from "../terminal/safe.ts";
import { shorten } from "../words/units.ts";
import { complete } from "./complete.ts";
import { liveCandidates, type TypedLine } from "./live-candidates.ts";

const MAX_SAYS = 70;

/**
 * What the scripts of `hookcli completion` read: a line for each candidate, its description behind a tab, or `:files`
 * where the shell shall offer names of files. Never an error: nobody has asked for anything yet.
 */
export async function printCompletion(line: TypedLine): Promise<void> {
  const { words, commands, at } = line;
  try {
    const offered = await complete(words, commands, liveCandidates(line));
    if (offered === "files") return at.out.line(":files");
    const lines = offered.map(({ value, says }) => `${safeLine(value)}\t${shorten(safeLine(says), MAX_SAYS)}\n`);
    at.out.raw(Buffer.from(lines.join("")));
  } catch {
    // A line that cannot be completed is left as it is.
  }
}
