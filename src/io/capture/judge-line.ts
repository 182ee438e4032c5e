import { type JudgedHead, malformed } from "./judge-head.ts";
import type { WireHead } from "./head-bytes.ts";
import { protocolRefusal } from "./malformed.ts";

/** What the parser made of a request line. */
export interface ParsedLine {
  readonly method: string;
  readonly target: string;
  readonly httpVersion: string;
}

/**
 * What is wrong with a request line that the parser let through. It takes any number of spaces between the parts, a CR
 * or LF by itself before them, anything behind a target's asterisk,
 * and for some methods the protocols RTSP and ICE, and tells of none of that. So the line
 * has to be exactly what the parts make. Nor does it count all the bytes of a head.
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
