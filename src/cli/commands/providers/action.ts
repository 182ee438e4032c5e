import { HookcliError } from "../../../core/model/errors.ts";
import { findScheme, knownSchemes, nearestScheme } from "../../../core/schemes/known-schemes.ts";
import type { Scheme } from "../../../core/schemes/scheme.ts";
import type { Action } from "../../settings/command.ts";
import { EXIT } from "../../terminal/exit.ts";
import { printProvider } from "./provider-detail.ts";
import { printProviders } from "./provider-list.ts";
import { providerToJson, type ProviderFacts } from "../../../core/wire/provider-json.ts";
import { configuredSources, secretVariable } from "../../secrets/find-sources.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import type { FlagsOf } from "../../settings/flags.ts";

/** Tells who is known, and what is known about each. */
export const providers: Action<FlagsOf> = async (at, [name, ...more], flags) => {
  if (more.length > 0) throw flags.usage("one provider at a time");
  const asked = name === undefined ? knownSchemes(flags.schemes) : [named(name, flags)];
  const facts = asked.map((scheme) => factsOf(scheme, at, flags));
  if (flags.isOn("json")) for (const each of facts) at.out.json(providerToJson(each));
  else if (name === undefined) printProviders(at, asked);
  else for (const each of facts) printProvider(at, each);
  return EXIT.ok;
};

function named(name: string, flags: FlagsOf): Scheme {
  const found = findScheme(name.toLowerCase(), flags.schemes);
  if (found) return found;
  const meant = nearestScheme(name, knownSchemes(flags.schemes));
  const advice = meant === undefined ? "hookcli providers lists all of them" : `Did you mean ${meant}?`;
  throw new HookcliError("PROVIDER_NOT_FOUND", { name: JSON.stringify(name), advice });
}

/** No secret is read for it. */
function factsOf(scheme: Scheme, at: Surroundings, flags: FlagsOf): ProviderFacts {
  return {
    scheme,
    isOwn: flags.schemes.includes(scheme),
    secretNames: configuredSources(at, flags, scheme.name).map((source) => source.name),
    variable: secretVariable(scheme.name),
  };
}
