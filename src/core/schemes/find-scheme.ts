import { schemes } from "./index.ts";
import type { Scheme } from "./scheme.ts";

const builtIn = new Map(schemes.map((scheme) => [scheme.name, scheme]));

/** The scheme of a name; a person's own goes before one that is built in. Undefined: there is none. */
export function findScheme(name: string, own: readonly Scheme[] = []): Scheme | undefined {
  return own.find((scheme) => scheme.name === name) ?? builtIn.get(name);
}
