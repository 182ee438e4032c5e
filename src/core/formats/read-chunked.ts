import type { HeaderPairs } from "../model/headers.ts";
import { badImport } from "./check-import.ts";
import { joinBytes } from "./bytes.ts";
import { lineAt, readFields } from "./message-lines.ts";

/** A body and where the text goes on behind it. */
export interface MessageEnd {
  readonly body: Uint8Array;
  readonly trailers: HeaderPairs;
  readonly end: number;
  /** False where the file ends before the message does. */
  readonly isWhole: boolean;
}

/**
 * Decodes a body in chunks, of which as much is given back as is there.
 * @param text the bytes as wire text
 * @throws BAD_IMPORT where a size is none
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-7.1
 */
export function readChunked(bytes: Uint8Array, text: string, from: number, place: string): MessageEnd {
  const chunks: Uint8Array[] = [];
  let at = from;
  while (at < text.length) {
    const line = lineAt(text, at);
    const [, hex] = /^([0-9a-f]{1,12})[ \t]*(?:;.*)?\r?\n?$/is.exec(line) ?? [];
    if (hex === undefined)
      throw badImport(place, `${JSON.stringify(line.trimEnd().slice(0, 60))} stands where a chunk's size belongs`);
    at += line.length;
    const sizeBytes = Number.parseInt(hex, 16);
    if (sizeBytes === 0) {
      const isWhole = at < text.length;
      const { fields, end } = readFields(text, at, place);
      return { body: joinBytes(chunks), trailers: fields, end, isWhole };
    }
    chunks.push(bytes.subarray(at, at + sizeBytes));
    at += sizeBytes;
    const [lineEnd] = /^\r?\n?/.exec(text.slice(at, at + 2)) ?? [""];
    if (lineEnd === "" && at < text.length) throw badImport(place, "a chunk is longer than its size says");
    at += lineEnd.length;
  }
  return { body: joinBytes(chunks), trailers: [], end: text.length, isWhole: false };
}
