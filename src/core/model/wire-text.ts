/** A text as it goes over the wire in a head: its UTF-8 bytes, one character each. */
export function toWire(text: string): string {
  return /^[ -~]*$/.test(text) ? text : Buffer.from(text).toString("latin1");
}

/** Bytes as they stand in a head, one character a byte. */
export function wireText({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString("latin1");
}
