import { HookcliError } from "../../core/model/errors.ts";
import type { Flags, FlagsOf } from "../settings/flags.ts";
import type { Surroundings } from "../terminal/surroundings.ts";
import { type NamedSource, parseSecretSource } from "../config/secret-source.ts";

/** Of commands that take a secret, or several. */
export type SecretFlags = Flags<"secret", never, never> | Flags<never, "secret", never>;

const VARIABLE = "HOOKCLI_SECRET";

/** The variable for the secret of one provider: `HOOKCLI_SECRET_STANDARDWEBHOOKS_V1A`. */
export function secretVariable(provider: string): string {
  return `${VARIABLE}_${provider.toUpperCase().replaceAll("-", "_")}`;
}

/**
 * What `--secret` names, in the order given; nothing where it stands without a value.
 * @param provider for whom they are; undefined: for all
 * @throws USAGE
 */
export function givenSources(at: Surroundings, flags: SecretFlags, provider?: string): readonly NamedSource[] {
  const texts = flags.all("secret");
  return texts.map((each, index) => {
    const name = texts.length === 1 ? "--secret" : `--secret (${index + 1} of ${texts.length})`;
    // `@` as in `--body @file`.
    const source = parseSecretSource(each.replace(/^@/, "file:"), at.directory);
    if ("problem" in source) throw new HookcliError("USAGE", { problem: `${name}: ${source.problem}`, help: HELP });
    return { name, provider, source, isWrittenOut: false };
  });
}

const HELP = "docs/config.md, under Secrets,";

/**
 * HOOKCLI_SECRET_<PROVIDER>, HOOKCLI_SECRET, and what the configuration files say, in this order.
 * @param provider only what is for it; undefined: all of them
 */
export function configuredSources(at: Surroundings, flags: FlagsOf, provider?: string): readonly NamedSource[] {
  const all = [...fromEnvironment(at.env), ...flags.secrets];
  return provider === undefined
    ? all
    : all.filter((source) => source.provider === undefined || source.provider === provider);
}

/** Those for one provider first. */
function fromEnvironment(env: Surroundings["env"]): readonly NamedSource[] {
  const own = Object.keys(env).filter((name) => name.startsWith(`${VARIABLE}_`));
  const named = own.toSorted().map((name) => {
    const provider = name.slice(VARIABLE.length + 1).toLowerCase();
    return literal(name, env[name], provider.replaceAll("_", "-"));
  });
  return [...named, literal(VARIABLE, env["HOOKCLI_SECRET"], undefined)].filter((source) => source !== undefined);
}

/** A variable may hold anything: what it holds is the secret itself. An empty one is none. */
function literal(name: string, text: string | undefined, provider: string | undefined): NamedSource | undefined {
  return text ? { name, provider, source: { kind: "literal", text }, isWrittenOut: false } : undefined;
}
