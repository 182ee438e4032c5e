import { type HeaderPairs, withoutBlanks } from "../model/headers.ts";
import { joinBytes, wireText } from "./encodings.ts";
import { badImport, checkImport } from "./check-import.ts";
import type { ImportedRequest } from "./format.ts";
import { framingOf } from "./http.ts";

const REQUEST_LINE = /([\w!#$%&'*+.^`|~-]+) (.*) HTTP\/(\d(?:\.\d)?)[ \t]*\r?(?:\n|$)/y;

/**
 * Reads raw HTTP/1.1 requests. Where length or chunks tell the end of one, another may follow; a message that tells no end
 * has no body if a request line comes next, and otherwise all the rest is its body. Line feeds alone end lines, too.
 * @throws BAD_IMPORT
 */
export function parseHttp(bytes: Uint8Array): readonly ImportedRequest[] {
  const text = wireText(bytes);
  const requests: ImportedRequest[] = [];
  let at = behindBlankLines(text, text.startsWith("\u00ef\u00bb\u00bf") ? 3 : 0);
  while (at < text.length || requests.length === 0) {
    const place = `message ${requests.length + 1}`;
    const head = readHead(text, at, place);
    const { body, trailers, end, isWhole } = readBody(bytes, text, head, place);
    const { method, target, httpVersion, headers } = head;
    const completeness = isWhole ? "complete" : "partial";
    requests.push(checkImport({ method, target, httpVersion, headers, trailers, body, completeness }, place));
    at = behindBlankLines(text, end);
    if (at < text.length && !requestLineAt(text, at))
      throw badImport(place, `${text.length - end} bytes follow its body, and they are no further message`);
  }
  return requests;
}

interface Head extends Pick<ImportedRequest, "method" | "target" | "httpVersion" | "headers"> {
  readonly end: number;
}

function readHead(text: string, at: number, place: string): Head {
  const line = requestLineAt(text, at);
  if (!line) {
    const found = JSON.stringify(lineAt(text, at).slice(0, 60));
    throw badImport(place, `its first line is ${found}, not like POST /hooks HTTP/1.1`);
  }
  const [all, method = "", target = "", version = ""] = line;
  const { fields, end } = readFields(text, at + all.length, place);
  return { method, target, httpVersion: version === "1.0" ? "1.0" : "1.1", headers: fields, end };
}

function readBody(bytes: Uint8Array, text: string, { headers, end: from }: Head, place: string): MessageEnd {
  const framing = framingOf(headers);
  if (framing.kind === "chunked") return readChunked(bytes, text, from, place);
  let end = text.length;
  let isWhole = true;
  if (framing.kind === "length") {
    const [length = ""] = framing.values;
    if (!/^\d{1,15}$/.test(length) || framing.values.some((value) => value !== length))
      throw badImport(place, `Content-Length is ${JSON.stringify(framing.values.join(", "))}`);
    isWhole = from + Number(length) <= text.length;
    end = Math.min(from + Number(length), text.length);
  } else {
    const next = behindBlankLines(text, from);
    if (next === text.length || requestLineAt(text, next)) end = from;
  }
  return { body: bytes.slice(from, end), trailers: [], end, isWhole };
}

function requestLineAt(text: string, at: number): RegExpExecArray | null {
  REQUEST_LINE.lastIndex = at;
  return REQUEST_LINE.exec(text);
}

function behindBlankLines(text: string, from: number): number {
  let at = from;
  while (text[at] === "\r" || text[at] === "\n") at += 1;
  return at;
}

/** The line at a place, with its end. */
export function lineAt(text: string, at: number): string {
  const feedAt = text.indexOf("\n", at);
  return text.slice(at, feedAt < 0 ? text.length : feedAt + 1);
}

/** Header lines up to and with the empty line that ends them, or to the end of the text. @throws BAD_IMPORT */
export function readFields(
  text: string,
  from: number,
  place: string,
): { readonly fields: HeaderPairs; readonly end: number } {
  const fields: string[] = [];
  let at = from;
  while (at < text.length) {
    const line = lineAt(text, at);
    at += line.length;
    const content = line.replace(/\r?\n$/, "");
    if (content === "") break;
    const [all, name] = /^([^\s:]+):/.exec(content) ?? [];
    if (all === undefined || name === undefined)
      throw badImport(place, `${JSON.stringify(content.slice(0, 60))} is no header`);
    fields.push(name, withoutBlanks(content.slice(all.length)));
  }
  return { fields, end: at };
}

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
