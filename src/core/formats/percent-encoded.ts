import { wireBytes } from "./bytes.ts";

/** Bytes beyond ASCII as a URL writes them. */
export function percentEncoded(wire: string): string {
  return [...wireBytes(wire)]
    .map((byte) => (byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `%${byte.toString(16).padStart(2, "0")}`))
    .join("");
}
