import { utf8Text, wireText } from "./encodings.ts";
import type { ImportFormatName } from "./format.ts";

/** How much of a file is looked at to tell what it is. */
const LOOK_BYTES = 64 * 1024;

/** Which of the formats that can be read this file is in; undefined where it looks like none. */
export function detectFormat(bytes: Uint8Array): ImportFormatName | undefined {
  const text = wireText(bytes.subarray(0, LOOK_BYTES))
    .replace(/^\u00ef\u00bb\u00bf/, "")
    .trimStart();
  if (text.startsWith("{")) return isOneObjectALine(bytes) ? "ndjson" : "har";
  if (/^\S+ \S.* HTTP\/\d(?:\.\d)?[ \t]*(?:\r?\n|$)/.test(text)) return "http";
  // Our own commands may feed curl more than is looked at.
  return text.startsWith("printf ") || /(?:^|[|;&\n]|(?:^|\n)\$)[ \t]*curl(?:\s|$)/.test(text) ? "curl" : undefined;
}

/** A HAR file may be one line, too: it is told by its `log`. */
function isOneObjectALine(bytes: Uint8Array): boolean {
  let from = 0;
  while (from < bytes.length && !(bytes[from] === 0x7b)) from += 1;
  const feedAt = bytes.indexOf(0x0a, from);
  try {
    const first: unknown = JSON.parse(utf8Text(bytes.subarray(from, feedAt < 0 ? bytes.length : feedAt)) ?? "");
    return typeof first === "object" && first !== null && !("log" in first);
  } catch {
    return false;
  }
}
