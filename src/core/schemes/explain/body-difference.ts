/** Where two bodies part. */
export interface BodyDifference {
  readonly signedBytes: number;
  readonly receivedBytes: number;
  /** Offset of the first byte that differs, from 0. */
  readonly atByte: number;
  /** What is there in each, the differing byte first; empty at an end. */
  readonly signed: Uint8Array;
  readonly received: Uint8Array;
}

const EXCERPT_BYTES = 24;

/** Undefined where they are the same. */
export function differenceOf(signed: Uint8Array, received: Uint8Array): BodyDifference | undefined {
  let at = 0;
  while (at < signed.length && at < received.length && signed[at] === received[at]) at += 1;
  if (at === signed.length && at === received.length) return undefined;
  return {
    signedBytes: signed.length,
    receivedBytes: received.length,
    atByte: at,
    signed: signed.subarray(at, at + EXCERPT_BYTES),
    received: received.subarray(at, at + EXCERPT_BYTES),
  };
}
