/** One request as the reference reads it. */
export interface ReferenceRequest {
  readonly method: string;
  readonly target: string;
  /** Name, value, name, value …, in wire order, without the blanks around a value. */
  readonly headers: readonly string[];
  readonly body: string;
}

/** How a reading ended: all was read, the last message is not whole, the sender said it was the last one, or it is wrong. */
export type ReferenceEnding = "clean" | "incomplete" | "last" | "invalid";

export interface ReferenceReading {
  readonly requests: readonly ReferenceRequest[];
  readonly ending: ReferenceEnding;
}

const REQUEST_LINE = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+) ([\x21-\x7e]+) HTTP\/1\.([01])$/;
const FIELD_LINE = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):([\t\x20-\x7e\x80-\xff]*)$/;
const CHUNK_LINE = /^([0-9A-Fa-f]+)((?:[ \t]*;[\t\x20-\x7e\x80-\xff]*)?)$/;

/**
 * What a stream of bytes holds by RFC 9112, read whole, line by line, in latin-1: a second opinion that shares nothing
 * with the capture port or with Node's parser. Where the RFC lets a server choose between mending and refusing, it refuses.
 */
export function readReference(stream: string): ReferenceReading {
  const requests: ReferenceRequest[] = [];
  let rest = stream;
  for (;;) {
    while (rest.startsWith("\r\n")) rest = rest.slice(2);
    if (rest === "" || rest === "\r") return { requests, ending: "clean" };
    const read = readRequest(rest);
    if (typeof read === "string") return { requests, ending: read };
    requests.push(read.request);
    if (read.isLast) return { requests, ending: "last" };
    rest = rest.slice(read.length);
  }
}

interface ReadRequest {
  readonly request: ReferenceRequest;
  readonly length: number;
  readonly isLast: boolean;
}

type Fault = "incomplete" | "invalid";

function readRequest(text: string): ReadRequest | Fault {
  const lines = readLines(text, 0);
  if (typeof lines === "string") return lines;
  const [line = "", ...fieldLines] = lines.lines;
  const [, method = "", target = "", minor = ""] = REQUEST_LINE.exec(line) ?? [];
  if (method === "" || !isTarget(method, target)) return "invalid";
  const headers = readFields(fieldLines);
  if (!headers) return "invalid";
  const hosts = valuesOf(headers, "host");
  if (hosts.length > 1 || (hosts.length === 0 && minor === "1")) return "invalid";
  const body = readBody(text, lines.end, headers, minor);
  if (typeof body === "string") return body;
  return {
    request: { method, target, headers, body: body.bytes },
    length: body.end,
    isLast: isLast(listOf(headers, "connection"), minor),
  };
}

/** The lines up to the first empty one, each ended by CRLF; a CR or LF by itself ends nothing and may not stand there. */
function readLines(text: string, from: number): { readonly lines: readonly string[]; readonly end: number } | Fault {
  const lines: string[] = [];
  for (let at = from; ;) {
    const end = text.indexOf("\r\n", at);
    const line = end < 0 ? text.slice(at).replace(/\r$/, "") : text.slice(at, end);
    if (/[\r\n]/.test(line)) return "invalid";
    if (end < 0) return "incomplete";
    if (line === "") return { lines, end: end + 2 };
    lines.push(line);
    at = end + 2;
  }
}

function isTarget(method: string, target: string): boolean {
  return method === "CONNECT" || target === "*" || target.startsWith("/") || /^[a-z][a-z0-9+.-]*:\/\//i.test(target);
}

function readFields(lines: readonly string[]): readonly string[] | undefined {
  const headers: string[] = [];
  for (const line of lines) {
    const field = FIELD_LINE.exec(line);
    if (!field) return undefined;
    headers.push(field[1] ?? "", (field[2] ?? "").replace(/^[ \t]+/, "").replace(/[ \t]+$/, ""));
  }
  return headers;
}

function readBody(
  text: string,
  from: number,
  headers: readonly string[],
  minor: string,
): { readonly bytes: string; readonly end: number } | Fault {
  const codings = listOf(headers, "transfer-encoding");
  const isCoded = valuesOf(headers, "transfer-encoding").length > 0;
  const lengths = valuesOf(headers, "content-length");
  if (isCoded) {
    const isFramed = codings.at(-1) === "chunked" && codings.indexOf("chunked") === codings.length - 1;
    return lengths.length > 0 || minor === "0" || !isFramed ? "invalid" : readChunks(text, from);
  }
  if (lengths.length === 0) return { bytes: "", end: from };
  const [length = ""] = lengths;
  if (lengths.length > 1 || !/^\d{1,15}$/.test(length)) return "invalid";
  const end = from + Number(length);
  return end > text.length ? "incomplete" : { bytes: text.slice(from, end), end };
}

function readChunks(text: string, from: number): { readonly bytes: string; readonly end: number } | Fault {
  let bytes = "";
  for (let at = from; ;) {
    const lineEnd = text.indexOf("\r\n", at);
    if (lineEnd < 0) return "incomplete";
    const [, digits = ""] = CHUNK_LINE.exec(text.slice(at, lineEnd)) ?? [];
    if (digits === "") return "invalid";
    const size = Number.parseInt(digits, 16);
    at = lineEnd + 2;
    if (size === 0) {
      const trailers = readLines(text, at);
      if (typeof trailers === "string") return trailers;
      return readFields(trailers.lines) ? { bytes, end: trailers.end } : "invalid";
    }
    bytes += text.slice(at, at + size);
    at += size;
    if (at + 2 > text.length) return "incomplete";
    if (text.slice(at, at + 2) !== "\r\n") return "invalid";
    at += 2;
  }
}

function isLast(options: readonly string[], minor: string): boolean {
  return options.includes("close") || (minor === "0" && !options.includes("keep-alive"));
}

function valuesOf(headers: readonly string[], name: string): readonly string[] {
  return headers.filter((_part, at) => at % 2 === 1 && headers[at - 1]?.toLowerCase() === name);
}

/** The elements of all headers of one name that hold lists, in lower case. */
function listOf(headers: readonly string[], name: string): readonly string[] {
  return valuesOf(headers, name)
    .flatMap((value) => value.split(","))
    .map((element) => element.trim().toLowerCase())
    .filter((element) => element !== "");
}
