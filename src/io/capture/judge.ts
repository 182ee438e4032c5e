import type { IncomingMessage, ServerResponse } from "node:http";
import type { HeaderPairs } from "../../core/model/headers.ts";
import type { Refusal } from "../../core/model/request.ts";
import type { WireHead } from "./head-bytes.ts";

/**
 * What is wrong with a request that the parser let through: its line as it stood on the wire, then its headers,
 * then what the parser makes of both.
 * @param wire "unseen": nobody knows how it stood there, and the parser is believed
 */
export function judgeRequest(
  request: IncomingMessage,
  wire: WireHead | "unseen" | undefined,
  maxHeadBytes: number,
): JudgedHead | undefined {
  const { method = "", url: target = "", httpVersion, rawHeaders: headers } = request;
  const byLine = wire === "unseen" ? undefined : judgeLine(wire, { method, target, httpVersion }, maxHeadBytes);
  const judged = byLine ?? judgeHead({ method, httpVersion, headers });
  return judged ?? (typeof wire === "object" ? judgeCoding(request, wire) : undefined);
}

/** What the parser made of a request line. */
export interface ParsedLine {
  readonly method: string;
  readonly target: string;
  readonly httpVersion: string;
}

/**
 * What is wrong with a request line that the parser let through. The parser takes any number of spaces between the parts, a
 * CR or LF by itself before them, anything behind a target's asterisk, and for some methods the protocols RTSP and ICE, and
 * tells of none of that. So the line has to be exactly what its parts make. The parser does not count all the bytes of a
 * head either, so they are counted here.
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-3 (one space), #section-2.2 (empty lines)
 */
export function judgeLine(
  wire: WireHead | undefined,
  { method, target, httpVersion }: ParsedLine,
  maxHeadBytes: number,
): JudgedHead | undefined {
  if (!wire || wire.text.length > maxHeadBytes) {
    return malformed(431, "head-too-large", `the request line and headers are larger than ${maxHeadBytes / 1024} KiB`);
  }
  const { line } = wire;
  if (target.startsWith("*") && target !== "*")
    return malformed(400, "malformed", "not valid HTTP: the target is no path");
  // HTTP/0.9 has no protocol, and is refused for what it is.
  if (line === `${method} ${target} HTTP/${httpVersion}` || httpVersion === "0.9") return undefined;
  const beforeVersion = line.slice(0, line.lastIndexOf("/"));
  const protocol = beforeVersion.slice(beforeVersion.lastIndexOf(" ") + 1);
  if (protocol !== "HTTP") return { malformed: true, refusal: protocolRefusal(protocol) };
  return malformed(
    400,
    "malformed",
    "not valid HTTP: a request line is a method, one space, a target, one space, HTTP/1.1",
  );
}

export interface Head {
  readonly method: string;
  readonly httpVersion: string;
  readonly headers: HeaderPairs;
}

/** A head that hookcli answers by itself. */
export interface JudgedHead {
  readonly refusal: Refusal;
  /** Not HTTP/1.1 as the RFCs want it; otherwise a sound request for something that a capture port does not do. */
  readonly malformed: boolean;
}

/** From this many on a head is refused: the smallest ones take ten times their bytes in memory, whole or not. */
export const MOST_HEADERS = 3000;
export const HEAD_TOO_LARGE = "the request line and headers are larger than 64 KiB, or there are 3,000 headers or more";

/**
 * What is wrong with a head that the parser let through: ambiguities that request smuggling lives on, and methods that
 * would make a capture port a proxy or a socket. Undefined: nothing.
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-3.2 (Host), #section-6.1 (Transfer-Encoding)
 */
export function judgeHead({ method, httpVersion, headers }: Head): JudgedHead | undefined {
  // Older Nodes drop the ones that come behind these without a word; newer ones refuse the head.
  if (headers.length >= 2 * MOST_HEADERS) return malformed(431, "head-too-large", HEAD_TOO_LARGE);
  if (httpVersion === "0.9") return malformed(400, "http-0.9", "HTTP/0.9 has no headers; use HTTP/1.1");
  if (httpVersion !== "1.1" && httpVersion !== "1.0") {
    return malformed(505, "http-version", `HTTP/${httpVersion} cannot be spoken in HTTP/1 form; use HTTP/1.1`);
  }
  let hosts = 0;
  let transferEncoding: string | undefined;
  let upgrade: string | undefined;
  // An index loop, and the length first: this runs over every header of every request.
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const name = headers[at] ?? "";
    const value = headers[at + 1] ?? "";
    if (name.length === 4 && name.toLowerCase() === "host") hosts += 1;
    else if (name.length === 7 && name.toLowerCase() === "upgrade") upgrade = value;
    else if (name.length === 17 && name.toLowerCase() === "transfer-encoding") {
      transferEncoding = transferEncoding === undefined ? value : `${transferEncoding}, ${value}`;
    }
  }
  if (hosts > 1) return malformed(400, "two-hosts", "more than one Host header");
  if (hosts === 0 && httpVersion === "1.1") return malformed(400, "no-host", "HTTP/1.1 needs a Host header");
  if (transferEncoding !== undefined) {
    if (httpVersion === "1.0") return malformed(400, "http-1.0-chunked", "HTTP/1.0 has no Transfer-Encoding");
    if (transferEncoding.trim().toLowerCase() !== "chunked") {
      return malformed(
        501,
        "transfer-encoding",
        `Transfer-Encoding ${transferEncoding.slice(0, 40)} is not supported; use chunked`,
      );
    }
  }
  return judgeMethod(method, upgrade);
}

function judgeMethod(method: string, upgrade: string | undefined): JudgedHead | undefined {
  if (method === "CONNECT" || method === "TRACE") {
    return sound(405, "method", `${method} is not answered: this is not a proxy`);
  }
  if (
    upgrade
      ?.toLowerCase()
      .split(",")
      .some((protocol) => protocol.trim() === "websocket")
  ) {
    return sound(426, "websocket", "WebSockets are not forwarded; use HTTP/1.1");
  }
  return undefined;
}

function sound(status: number, code: string, reason: string): JudgedHead {
  return { malformed: false, refusal: { status, code, reason } };
}

/** A head that is not HTTP/1.1 as the RFCs want it. */
export function malformed(status: number, code: string, reason: string): JudgedHead {
  return { malformed: true, refusal: { status, code, reason } };
}

/** For protocols other than HTTP, also those that the parser takes. */
export function protocolRefusal(protocol: string): Refusal {
  return { status: 505, code: "protocol", reason: `${protocol} is not spoken here; use HTTP/1.1` };
}

/** What the parser takes for chunks, as it has to stand in the head. Node cuts the blanks off, and so hides a tab. */
const CHUNKED = /\r\ntransfer-encoding:[ \t]*chunked *\r\n/i;

/**
 * Where a request asks for another protocol, the parser does not refuse a transfer coding that it does not know, but
 * reads no body at all: what came in chunks would be an empty one.
 */
export function judgeCoding({ headers }: IncomingMessage, { text }: WireHead): JudgedHead | undefined {
  if (headers.upgrade === undefined || headers["transfer-encoding"] === undefined) return undefined;
  if (CHUNKED.test(text)) return undefined;
  return malformed(400, "malformed", "not valid HTTP: Request has invalid `Transfer-Encoding`");
}

/**
 * Whether nothing may be read behind a request on its connection, although the parser would go on.
 *
 * One that asks for another protocol (`Upgrade: h2c`, `TLS/1.2`, `websocket`) is answered as if it had not: nobody has to
 * do what it asks. But the parser takes it at its word: behind it, it drops the rest of the packet, and with the next one
 * it begins to read anew, be that in the middle of a body. Which values of `Connection` the parser goes by differs
 * between versions of Node, so any `Upgrade` counts. And the parser overlooks a `close`: beside `keep-alive` in HTTP/1.0,
 * in Node 22 before a tab.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-7.8 and https://www.rfc-editor.org/rfc/rfc9112#section-9.3
 */
export function endsConnection({ headers }: IncomingMessage, { shouldKeepAlive }: ServerResponse): boolean {
  const { connection, upgrade } = headers;
  return upgrade !== undefined || (shouldKeepAlive && connection !== undefined && saysClose(connection));
}

function saysClose(connection: string): boolean {
  return connection
    .toLowerCase()
    .split(",")
    .some((option) => option.trim() === "close");
}
