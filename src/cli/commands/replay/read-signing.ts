import { randomUUID } from "node:crypto";
import type { ResignOptions, SigningSecrets } from "../../../app/replaying/resign.ts";
import { HookcliError } from "../../../core/model/errors.ts";
import type { Secret } from "../../../core/model/secret.ts";
import { parseTarget } from "../../../core/model/target.ts";
import type { Scheme } from "../../../core/schemes/scheme.ts";
import { readProvider } from "../../flag-groups/read-provider.ts";
import { configuredSecrets, readSecrets, secretForSigning } from "../../secrets/secrets.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import type { Given } from "./flags.ts";

/**
 * How what is sent is signed; the secrets of each provider are looked for once, when something of it is to be signed.
 * @throws BAD_VALUE for a provider or an address that is none
 */
export function readSigning(at: Surroundings, flags: Given): ResignOptions {
  const publicUrl = flags.text("public-url");
  const secrets = new Map<string, Promise<SigningSecrets>>();
  return {
    schemes: flags.schemes,
    provider: readProvider(flags, "provider")?.name,
    publicUrl: publicUrl === undefined ? undefined : parseTarget(publicUrl, flags.nameOf("public-url")),
    headerEdits: flags.headerEdits("header"),
    secretsOf: async (provider, scheme) => {
      const found = secrets.get(provider) ?? findSecrets(at, flags, provider, scheme);
      secrets.set(provider, found);
      return found;
    },
    uuid: () => randomUUID(),
    machine: at.machine,
  };
}

async function findSecrets(at: Surroundings, flags: Given, provider: string, scheme: Scheme): Promise<SigningSecrets> {
  if (flags.text("secret") !== undefined) {
    const given = await readSecrets(at, flags, provider);
    // Whether others can be had is no matter then.
    const known = await configuredSecrets(at, flags, provider).catch(noneOf);
    return { chosen: given[0], known: [...given, ...known] };
  }
  const known = await configuredSecrets(at, flags, provider);
  if (known.length > 0 || !flags.isOn("secret")) return { chosen: undefined, known };
  const asked = await secretForSigning(at, flags, scheme);
  return { chosen: asked, known: [asked] };
}

function noneOf(error: unknown): readonly Secret[] {
  if (error instanceof HookcliError && error.code === "SECRET_UNAVAILABLE") return [];
  throw error;
}
