export interface WatchedStream {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Whether its reader said before the end that it reads no more. */
  readonly isReleased: () => boolean;
}

/** A body that arrives piece by piece. */
export function watchedStream(pieces: readonly string[]): WatchedStream {
  let isReleased = false;
  let at = 0;
  const iterator: AsyncIterator<Uint8Array, undefined> = {
    next: async () => {
      const piece = pieces[at];
      at += 1;
      return piece === undefined ? { done: true, value: undefined } : { done: false, value: Buffer.from(piece) };
    },
    return: async () => {
      isReleased = true;
      return { done: true, value: undefined };
    },
  };
  return { chunks: { [Symbol.asyncIterator]: () => iterator }, isReleased: () => isReleased };
}
