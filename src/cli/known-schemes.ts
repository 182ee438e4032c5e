import { badValue } from "../core/model/errors.ts";
import { nearestOf } from "../core/model/nearest.ts";
import { findScheme } from "../core/schemes/find-scheme.ts";
import { schemes } from "../core/schemes/index.ts";
import type { Scheme } from "../core/schemes/scheme.ts";
import type { Flags } from "./flags.ts";

/** Every scheme that a name can mean: the person's own first, then those that are built in and not replaced by one of them. */
export function knownSchemes({ schemes: own }: Pick<Flags, "schemes">): readonly Scheme[] {
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

/**
 * The scheme that a setting names, in any letter case; undefined where it is not set.
 * @throws BAD_VALUE for a name that no scheme has
 */
export function readProvider(flags: Flags, setting = "provider"): Scheme | undefined {
  const name = flags.text(setting);
  if (name === undefined) return undefined;
  const found = findScheme(name.toLowerCase(), flags.schemes);
  if (found) return found;
  const meant = nearestScheme(name, knownSchemes(flags));
  const advice = meant === undefined ? "stripe; hookcli providers lists all of them" : meant;
  throw badValue(flags.nameOf(setting), name, "there is no provider of this name", `--${setting} ${advice}`);
}
