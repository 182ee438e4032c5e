import { type HeaderPairs, wireText } from "../../../core/model/headers.ts";

/** Header fields as one latin-1 blob of `Name: value` lines, each ended by CR LF: compact, exact, and readable in any SQLite shell. */
export function encodeHeaders(pairs: HeaderPairs): Buffer {
  let text = "";
  for (let at = 0; at + 1 < pairs.length; at += 2) text += `${pairs[at] ?? ""}: ${pairs[at + 1] ?? ""}\r\n`;
  return Buffer.from(text, "latin1");
}

/** The inverse of `encodeHeaders`. A name cannot hold a colon and a value no line break, so nothing is ambiguous. */
export function decodeHeaders(blob: Uint8Array): HeaderPairs {
  const text = wireText(blob);
  const pairs: string[] = [];
  for (const line of text.split("\r\n")) {
    const colonAt = line.indexOf(": ");
    if (colonAt >= 0) pairs.push(line.slice(0, colonAt), line.slice(colonAt + 2));
  }
  return pairs;
}
