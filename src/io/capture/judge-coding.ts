import type { IncomingMessage } from "node:http";
import type { WireHead } from "./head-bytes.ts";
import { type JudgedHead, malformed } from "./judge-head.ts";

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
