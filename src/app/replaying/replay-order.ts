import { type Random, shuffle } from "../../core/model/seeded.ts";

/** The same list so many times over, one round after the other; with `random` all of it in a random order. */
export function* replayOrder(
  ids: readonly number[],
  times: number,
  random?: Random,
): Generator<number, void, undefined> {
  if (!random) {
    for (let round = 0; round < times; round += 1) yield* ids;
    return;
  }
  const places = Uint32Array.from({ length: ids.length * times }, (_, at) => at % ids.length);
  shuffle(places, random);
  for (const place of places) yield ids[place] ?? 0;
}
