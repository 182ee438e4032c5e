/** Wire text as curl escapes it in a form or query: all but what RFC 3986 calls unreserved, and a blank as `+`. */
export function formEncoded(wire: string): string {
  return wire.replaceAll(/[^\w.~-]/g, (character) =>
    character === " " ? "+" : `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}
