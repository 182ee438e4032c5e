import { nearestOf } from "../model/nearest.ts";
import type { Sample, Samples } from "./sample.ts";

/** The sample of a type: by its name, in any letter case, else by another name of it. */
export function findSample({ types }: Samples, type: string): Sample | undefined {
  const wanted = type.toLowerCase();
  return (
    types.find((sample) => sample.type === type) ??
    types.find((sample) => sample.type.toLowerCase() === wanted) ??
    types.find(({ aliases }) => aliases?.some((alias) => alias.toLowerCase() === wanted))
  );
}

/** Types that were perhaps meant: the one that is nearly the same, else those of the same resource, else the first few. */
export function suggestTypes({ types }: Samples, type: string): readonly string[] {
  const names = types.map((sample) => sample.type);
  const near = nearestOf(type, [...names, ...types.flatMap(({ aliases }) => aliases ?? [])]);
  if (near !== undefined) return [near];
  const [resource = ""] = type.toLowerCase().split(/[./:_\s]/);
  const related = names.filter((name) => name.toLowerCase().includes(resource));
  return (resource.length > 2 && related.length > 0 ? related : names).slice(0, 5);
}

/** The sample that is most like a type that has none: the longest beginning in common. Undefined: there are no samples. */
export function likeliestSample({ types }: Samples, type: string): Sample | undefined {
  let best: Sample | undefined;
  let bestLength = -1;
  for (const sample of types) {
    const length = commonLength(sample.type, type);
    if (length > bestLength) [best, bestLength] = [sample, length];
  }
  return best;
}

function commonLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}
