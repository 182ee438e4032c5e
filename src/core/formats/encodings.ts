/**
 * Conversions between bytes and text that run in Node and in a browser alike. "Wire text" is what `HeaderPairs` and request
 * targets are made of: one character a byte.
 */

const utf8 = new TextEncoder();
/** The mark at the start of some files is content like any other. */
const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const PIECE = 0x2000;

/** Bytes as wire text. */
export function wireText(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += PIECE) text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return text;
}

/** Wire text as bytes. A character that is no byte (only a mask has such) becomes its UTF-8. */
export function wireBytes(text: string): Uint8Array {
  const wire = text.replaceAll(/[^\0-\u00ff]+/g, (run) => wireText(utf8Bytes(run)));
  const bytes = new Uint8Array(wire.length);
  for (let at = 0; at < wire.length; at += 1) bytes[at] = wire.charCodeAt(at);
  return bytes;
}

/** Text as UTF-8. */
export function utf8Bytes(text: string): Uint8Array {
  return utf8.encode(text);
}

/** The text that the bytes are the UTF-8 of; undefined where they are none, so that nothing is ever replaced. */
export function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return undefined;
  }
}

export function toBase64(bytes: Uint8Array): string {
  return btoa(wireText(bytes));
}

/** Undefined where the text is no base64. Blanks and line breaks are passed over, and both alphabets are read. */
export function fromBase64(text: string): Uint8Array | undefined {
  try {
    return wireBytes(atob(text.replaceAll("-", "+").replaceAll("_", "/")));
  } catch {
    return undefined;
  }
}

/** Pieces as one. */
export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

/** Bytes beyond ASCII as a URL writes them. */
export function percentEncoded(wire: string): string {
  return [...wireBytes(wire)]
    .map((byte) => (byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `%${byte.toString(16).padStart(2, "0")}`))
    .join("");
}

/** Wire text as curl escapes it in a form or query: all but what RFC 3986 calls unreserved, and a blank as `+`. */
export function formEncoded(wire: string): string {
  return wire.replaceAll(/[^\w.~-]/g, (character) =>
    character === " " ? "+" : `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}

/** JSON leaves these as they are; a terminal would obey them, and some readers of lines would split at them. */
const UNSAFE_IN_JSON = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Surrogate}\ufeff]/gu;

/** A value as JSON on one line that is also JavaScript, with unsafe characters escaped. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    UNSAFE_IN_JSON,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
