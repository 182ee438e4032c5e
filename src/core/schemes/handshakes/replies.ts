import type { HandshakeAnswer, HandshakeReply } from "./handshake.ts";

/** Longer ones are no challenge of anybody's, and are not sent back. */
export const MOST_ECHOED_CHARACTERS = 4096;
/** A browser must not take for a page what somebody else wrote. */
const NO_SNIFF = ["X-Content-Type-Options", "nosniff"] as const;

/** A value that may be sent back: text that is neither empty nor too long. */
export function echoable(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" && value.length <= MOST_ECHOED_CHARACTERS ? value : undefined;
}

/** A value that is a token: one run of letters, digits and what base64 needs beside them. */
export function tokenOf(value: unknown): string | undefined {
  const text = echoable(value);
  return text !== undefined && /^[0-9A-Za-z+/=_-]+$/.test(text) ? text : undefined;
}

/** A value that may stand in a header: nothing in it ends the line. */
export function headerSafe(value: unknown): string | undefined {
  const text = echoable(value);
  return text !== undefined && /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(text) ? text : undefined;
}

export function textReply(body: string, status = 200): HandshakeReply {
  return { status, headers: ["Content-Type", "text/plain; charset=utf-8", ...NO_SNIFF], body };
}

export function jsonReply(value: unknown): HandshakeReply {
  return { status: 200, headers: ["Content-Type", "application/json", ...NO_SNIFF], body: JSON.stringify(value) };
}

/** A handshake that is understood and must not, or cannot, be agreed to. @param note why, and what to do: one sentence */
export function refused(note: string, status = 403): HandshakeAnswer {
  return { reply: textReply("hookcli does not confirm this\n", status), note };
}
