import { nearestOf } from "../model/nearest.ts";
import { schemes } from "./index.ts";
import type { Scheme } from "./scheme.ts";

/** Every scheme that a name can mean: the person's own first, then those that are built in and not replaced by one of them. */
export function knownSchemes(own: readonly Scheme[]): readonly Scheme[] {
  const taken = new Set(own.map(({ name }) => name));
  return [...own, ...schemes.filter(({ name }) => !taken.has(name))];
}

/** The name that was most likely meant; undefined where none is near. */
export function nearestScheme(name: string, known: readonly Scheme[]): string | undefined {
  return nearestOf(
    name,
    known.map((scheme) => scheme.name),
  );
}

const builtIn = new Map(schemes.map((scheme) => [scheme.name, scheme]));

/** The scheme of a name; a person's own goes before one that is built in. Undefined: there is none. */
export function findScheme(name: string, own: readonly Scheme[] = []): Scheme | undefined {
  return own.find((scheme) => scheme.name === name) ?? builtIn.get(name);
}
