/** A source of numbers from 0 up to, not including, 1. */
export type Random = () => number;

/** Seeds are whole numbers from 0 to this. */
export const MOST_SEED = 2 ** 32 - 1;

/**
 * The same numbers for the same seed, on every machine and in every version: mulberry32. Good for shuffling and dice, not
 * for secrets.
 */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Puts a list into a random order, every order as likely as another (Fisher and Yates). */
export function shuffle(list: Uint32Array, random: Random): void {
  for (let last = list.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const moved = list[last] ?? 0;
    list[last] = list[other] ?? 0;
    list[other] = moved;
  }
}
