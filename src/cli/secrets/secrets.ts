import { HookcliError } from "../../core/model/errors.ts";
import type { Secret } from "../../core/model/secret.ts";
import type { Scheme } from "../../core/schemes/scheme.ts";
import { askHidden, canAsk } from "../terminal/ask.ts";
import type { FlagsOf } from "../settings/flags.ts";
import { styled } from "../terminal/printer.ts";
import { configuredSources, givenSources, type SecretFlags, secretVariable } from "./find-sources.ts";
import type { NamedSource } from "../config/secret-source.ts";
import { coverText } from "./cover-known.ts";
import type { Surroundings } from "../terminal/surroundings.ts";

/**
 * The secrets to judge with: those of `--secret` where it is given, else the configured ones, the strongest source first.
 * @param provider reads only what is for it; undefined: all of them
 * @throws USAGE, SECRET_UNAVAILABLE
 */
export async function readSecrets(
  at: Surroundings,
  flags: SecretFlags & FlagsOf,
  provider?: string,
): Promise<readonly Secret[]> {
  const given = givenSources(at, flags, provider);
  return given.length > 0 ? readAll(at, given) : configuredSecrets(at, flags, provider);
}

/**
 * What HOOKCLI_SECRET_<PROVIDER>, HOOKCLI_SECRET and the configuration files hold, in this order.
 * @param provider reads only what is for it; undefined: all of them
 * @throws SECRET_UNAVAILABLE
 */
export async function configuredSecrets(
  at: Surroundings,
  flags: FlagsOf,
  provider?: string,
): Promise<readonly Secret[]> {
  return readAll(at, configuredSources(at, flags, provider));
}

/**
 * All that is configured and can be had, whosever it is; what cannot be had is told by `missing`, an error each. For
 * looking around: nothing depends on any one of them.
 */
export async function availableSecrets(
  at: Surroundings,
  flags: FlagsOf,
): Promise<{ readonly secrets: readonly Secret[]; readonly missing: readonly HookcliError[] }> {
  const secrets: Secret[] = [];
  const missing: HookcliError[] = [];
  for (const source of configuredSources(at, flags)) {
    try {
      secrets.push(...(await readAll(at, [source])));
    } catch (error) {
      if (!(error instanceof HookcliError)) throw error;
      missing.push(error);
    }
  }
  return { secrets, missing };
}

/**
 * The secret to sign with: the first that `--secret`, the environment or the configuration files have. No other is read.
 * @returns undefined where there is none
 * @throws USAGE, SECRET_UNAVAILABLE
 */
export async function findSecret(
  at: Surroundings,
  flags: SecretFlags & FlagsOf,
  { name }: Scheme,
): Promise<Secret | undefined> {
  const [first] = [...givenSources(at, flags, name), ...configuredSources(at, flags, name)];
  return first && (await readAll(at, [first]))[0];
}

/**
 * The same where a secret is needed: one that is nowhere is asked for, unseen, where somebody is there to ask.
 * @throws NO_SECRET where there is none, USAGE, SECRET_UNAVAILABLE
 */
export async function secretForSigning(
  at: Surroundings,
  flags: SecretFlags & FlagsOf,
  scheme: Scheme,
): Promise<Secret> {
  const found = await findSecret(at, flags, scheme);
  if (found) return found;
  const text = canAsk(at) ? await askHidden(at, `Secret for ${scheme.title}:`) : undefined;
  if (text) return cover(at, { name: "what you typed", text, provider: scheme.name });
  const { name } = scheme;
  throw new HookcliError("NO_SECRET", { provider: name, variable: secretVariable(name) });
}

async function readAll(at: Surroundings, sources: readonly NamedSource[]): Promise<readonly Secret[]> {
  if (sources.length === 0) return [];
  const { readSecretSource } = await import("./read-source.ts");
  return Promise.all(
    sources.map(async ({ source, name, provider, isWrittenOut }) => {
      if (isWrittenOut) warnOfLiteral(at, name);
      return cover(at, { name, text: await readSecretSource(source, name, at), provider });
    }),
  );
}

/** From here on it is covered wherever it would be printed. */
function cover(at: Surroundings, secret: Secret): Secret {
  coverText(at, secret.text);
  return secret;
}

function warnOfLiteral(at: Surroundings, name: string): void {
  const advice =
    "is the secret itself, in a file of the project; env:NAME, file:PATH or cmd:PROGRAM keep it out of there";
  at.err.line(styled("warning: ", "wait"), `${name} ${advice}`);
}
