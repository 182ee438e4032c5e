import { HookcliError } from "../../core/model/errors.ts";
import { findScheme, knownSchemes, nearestScheme } from "../../core/schemes/known-schemes.ts";
import type { ConfigFile } from "./read-config.ts";

/**
 * Looks whether each secret is for a provider that there is. A person's own file may hold some for the schemes of another
 * project; there only a name that looks like a slip is wrong.
 * @param files all that are read: one may use the schemes of the other
 * @throws BAD_CONFIG
 */
export function checkProviders(files: readonly ConfigFile[]): void {
  const own = files.flatMap(({ schemes }) => schemes);
  for (const { secrets, isOwn } of files) {
    for (const { provider, place } of secrets) {
      if (provider === undefined || findScheme(provider, own)) continue;
      const meant = nearestScheme(provider, knownSchemes(own));
      if (meant === undefined && isOwn) continue;
      const help =
        meant === undefined ? "hookcli providers --no-config lists them." : `Did you mean ${JSON.stringify(meant)}?`;
      const problem = `there is a secret for ${JSON.stringify(provider)}, which is no provider`;
      throw new HookcliError("BAD_CONFIG", { place, problem, help });
    }
  }
}
