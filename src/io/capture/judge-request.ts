import type { IncomingMessage } from "node:http";
import type { WireHead } from "./head-bytes.ts";
import { judgeCoding } from "./judge-coding.ts";
import { judgeHead, type JudgedHead } from "./judge-head.ts";
import { judgeLine } from "./judge-line.ts";

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
