import { badImport, checkImport } from "./check-import.ts";
import { wireText } from "./bytes.ts";
import type { ImportedRequest } from "./format.ts";
import { framingOf } from "./http.ts";
import { lineAt, readFields } from "./message-lines.ts";
import { type MessageEnd, readChunked } from "./read-chunked.ts";

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
