/** Looks for a text in bytes that come in pieces. */
export interface TextSearch {
  /** Takes the next piece; true as soon as the text was in what has been seen, also across pieces. */
  add(piece: Uint8Array): boolean;
}

/** Begins to look for a text, as UTF-8, ASCII letters in any case. */
export function startTextSearch(text: string): TextSearch {
  const wanted = searchableBytes(Buffer.from(text));
  let isFound = wanted.length === 0;
  /** The end of what was seen, in which the text may have begun. */
  let tail: Uint8Array = new Uint8Array(0);
  return {
    add(piece) {
      if (isFound) return true;
      const bytes = Buffer.concat([tail, searchableBytes(piece)]);
      isFound = bytes.includes(wanted);
      tail = bytes.subarray(Math.max(0, bytes.length - wanted.length + 1));
      return isFound;
    },
  };
}

/** True where the bytes hold the text, as UTF-8, ASCII letters in any case. */
export function holdsText(bytes: Uint8Array, text: string): boolean {
  return searchableBytes(bytes).includes(searchableBytes(Buffer.from(text)));
}

/** A copy with ASCII letters in lower case, all other bytes as they are: what is compared in a search. */
export function searchableBytes(bytes: Uint8Array): Buffer {
  const lowered = Buffer.from(bytes);
  for (let at = 0; at < lowered.length; at++) {
    const byte = lowered[at] ?? 0;
    if (byte >= 0x41 && byte <= 0x5a) lowered[at] = byte | 0x20;
  }
  return lowered;
}
