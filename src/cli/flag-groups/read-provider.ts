import { badValue } from "../../core/model/errors.ts";
import { findScheme, knownSchemes, nearestScheme } from "../../core/schemes/known-schemes.ts";
import type { Scheme } from "../../core/schemes/scheme.ts";
import type { Flags } from "../settings/flags.ts";

/**
 * The scheme that a setting names, in any letter case; undefined where it is not set.
 * @throws BAD_VALUE for a name that no scheme has
 */
export function readProvider<Name extends string>(flags: Flags<Name, never, never>, setting: Name): Scheme | undefined {
  const name = flags.text(setting);
  if (name === undefined) return undefined;
  const found = findScheme(name.toLowerCase(), flags.schemes);
  if (found) return found;
  const meant = nearestScheme(name, knownSchemes(flags.schemes));
  const advice = meant === undefined ? "stripe; hookcli providers lists all of them" : meant;
  throw badValue(flags.nameOf(setting), name, "there is no provider of this name", `--${setting} ${advice}`);
}
