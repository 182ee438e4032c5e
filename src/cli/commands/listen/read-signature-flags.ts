import { badValue } from "../../../core/model/errors.ts";
import { parseTarget } from "../../../core/model/target.ts";
import type { Secret } from "../../../core/model/secret.ts";
import type { SignatureOptions } from "../../../app/listening/examine.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import type { Given } from "./flags.ts";

const DEFAULT_REFUSAL = 401;

/**
 * How a listener judges. Secrets are read before it listens: one that cannot be had is told at once, not with the first
 * request, and where there is none this costs nothing.
 * @throws BAD_VALUE, USAGE, SECRET_UNAVAILABLE
 */
export async function readSignatureFlags(at: Surroundings, flags: Given): Promise<SignatureOptions> {
  const provider = await namedProvider(flags);
  const publicUrl = flags.text("public-url");
  return {
    provider,
    publicUrl: publicUrl === undefined ? undefined : parseTarget(publicUrl, flags.nameOf("public-url")),
    refuseStatus: readRefusal(flags),
    answersHandshakes: flags.isOn("handshake"),
    schemes: flags.schemes,
    secrets: await namedSecrets(at, flags, provider),
  };
}

/** The schemes are loaded only for who names one: the port is up sooner. */
async function namedProvider(flags: Given): Promise<string | undefined> {
  if (flags.text("provider") === undefined) return undefined;
  const { readProvider } = await import("../../flag-groups/read-provider.ts");
  return readProvider(flags, "provider")?.name;
}

/** Nothing is loaded where nobody names a secret. */
async function namedSecrets(at: Surroundings, flags: Given, provider: string | undefined): Promise<readonly Secret[]> {
  const isNamed =
    flags.list("secret").length > 0 ||
    flags.secrets.length > 0 ||
    Object.keys(at.env).some((name) => name.startsWith("HOOKCLI_SECRET"));
  if (!isNamed) return [];
  const { readSecrets } = await import("../../secrets/secrets.ts");
  return readSecrets(at, flags, provider);
}

/** Statuses that tell a sender no: anything else would tell it that all is well. */
function readRefusal(flags: Given): number | undefined {
  if (flags.isOn("verify")) return DEFAULT_REFUSAL;
  const text = flags.text("verify");
  if (text === undefined) return undefined;
  if (!/^[45]\d\d$/.test(text))
    throw badValue(flags.nameOf("verify"), text, "it is not a status from 400 to 599", "--verify 403");
  return Number(text);
}
