import { type HeaderPairs, withoutBlanks } from "../../core/model/headers.ts";
import { HEAD_TOO_LARGE, protocolRefusal } from "./judge.ts";
import type { Refusal } from "../../core/model/request.ts";

/** What can be told about bytes that the HTTP parser refused. For showing only: nothing is ever sent on from it. */
export interface LenientHead {
  readonly method: string;
  readonly target: string;
  readonly httpVersion: string;
  readonly headers: HeaderPairs;
}

const MOST_SHOWN_LINES = 200;

/** Reads as much of a head as is there, asking for nothing. */
export function readLeniently(bytes: Buffer): LenientHead {
  // Each field costs many times its bytes, and all of them are in the record's body.
  const lines = bytes.toString("latin1").split("\n", MOST_SHOWN_LINES);
  const line = /^(\S{1,40}) +([^\r ]+)(?: +HTTP\/(\d(?:\.\d)?))?\r?$/.exec(lines[0] ?? "");
  if (!line) return { method: "", target: "", httpVersion: "", headers: [] };
  const headers: string[] = [];
  for (const text of lines.slice(1)) {
    const name = /^[^\s:]+(?=:)/.exec(text)?.[0];
    if (name === undefined) break;
    headers.push(name, withoutBlanks(text.slice(name.length + 1).replace(/\r$/, "")));
  }
  return { method: line[1] ?? "", target: line[2] ?? "", httpVersion: line[3] ?? "", headers };
}

/** The parser's error: llhttp's `HPE_…` codes and Node's own. */
export interface ParserError extends Error {
  readonly code?: string;
  /** llhttp's sentence. */
  readonly reason?: string;
  /** The chunk in which parsing failed. */
  readonly rawPacket?: Buffer;
  /** How far it got in that chunk. */
  readonly bytesParsed?: number;
}

export const HEAD_TIMEOUT = refusal(408, "head-timeout", "the head of the request did not arrive in time");

export const CUT_SHORT = refusal(400, "cut-short", "the sender closed before its request was whole");

/** What to answer bytes that the parser refused. */
export function refusalFor(error: ParserError, bytes: Buffer): Refusal {
  if (looksLikeTls(bytes)) {
    return refusal(
      400,
      "tls",
      "these bytes look like TLS; this port speaks plain HTTP: use http://, or put a tunnel in front",
    );
  }
  const text = bytes.toString("latin1", 0, 256);
  if (error.code === "HPE_PAUSED_H2_UPGRADE" || text.startsWith("PRI * HTTP/2.0")) {
    return refusal(505, "http2", "HTTP/2 is not spoken here; use HTTP/1.1 (curl --http1.1)");
  }
  switch (error.code ?? "") {
    case "HPE_HEADER_OVERFLOW":
      return refusal(431, "head-too-large", HEAD_TOO_LARGE);
    case "HPE_CHUNK_EXTENSIONS_OVERFLOW":
      return refusal(413, "chunk-extensions", "the chunk extensions are too large");
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return HEAD_TIMEOUT;
    case "HPE_INVALID_EOF_STATE":
      return CUT_SHORT;
    case "HPE_INVALID_METHOD":
      return refuseMethod(text);
    case "HPE_INVALID_CONSTANT":
      return refuseProtocol(bytes, error);
    case "HPE_INVALID_VERSION":
      return /^\S+ +\S+ +HTTP\/(?!1\.[01]\D)\d+\.\d+\r?\n/.test(text)
        ? refusal(505, "http-version", "this HTTP version is not spoken here; use HTTP/1.1")
        : refusal(400, "malformed", parserSentence(error));
    default:
      return refusal(400, "malformed", parserSentence(error));
  }
}

function refuseMethod(text: string): Refusal {
  const method = /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,40}) \S+ HTTP\/\d/.exec(text)?.[1];
  return method === undefined
    ? refusal(400, "malformed", "these bytes are not an HTTP request")
    : unknownMethod(method);
}

/** The protocol is not HTTP, or the method belongs to another one. */
function refuseProtocol(bytes: Buffer, error: ParserError): Refusal {
  const [, method = "", protocol = ""] = /^(\S{1,40}) \S+ ([A-Za-z]{1,20})\//.exec(bytes.toString("latin1")) ?? [];
  if (protocol === "HTTP") return unknownMethod(method);
  // `http` is HTTP, wrongly spelt.
  return protocol === "" || protocol.toUpperCase() === "HTTP"
    ? refusal(400, "malformed", parserSentence(error))
    : protocolRefusal(protocol);
}

function unknownMethod(method: string): Refusal {
  return refusal(501, "unknown-method", `the method ${method} is not known here (methods are upper-case)`);
}

function parserSentence(error: ParserError): string {
  return `not valid HTTP: ${error.reason ?? error.code ?? error.message}`;
}

/** A TLS record of type handshake: 0x16, then version 3.x. */
function looksLikeTls(bytes: Buffer): boolean {
  return bytes[0] === 0x16 && bytes[1] === 0x03;
}

function refusal(status: number, code: string, reason: string): Refusal {
  return { status, code, reason };
}
