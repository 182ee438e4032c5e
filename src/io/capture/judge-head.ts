import type { HeaderPairs } from "../../core/model/headers.ts";
import type { Refusal } from "../../core/model/request.ts";

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
