/** Holds this thread up for at least so long, as work does that does not let go of it. */
export function heldUpFor(leastMs: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, leastMs);
}

/** Holds this thread up until another one has set the flag. */
export function heldUpUntil(flag: SharedArrayBuffer): void {
  Atomics.wait(new Int32Array(flag), 0, 0);
}
