import type { KeyObject } from "node:crypto";
import { keyOf } from "./keys.ts";
import { ruleOf } from "./template-rule.ts";
import type { Scheme } from "./scheme.ts";

const ED25519_BYTES = 32;

/**
 * What a handler verifies with, where a scheme signs with a private key: written as the provider shows it.
 * @returns undefined where both sides share one secret, or the secret is no key
 */
export function publicKeyText(scheme: Scheme, secretText: string): string | undefined {
  const rule = ruleOf(scheme);
  const key = rule && keyOf(secretText, rule.key);
  if (key?.kind !== "asymmetric" || !key.privateKey) return undefined;
  const publicKey = key.publicKeys.at(-1);
  return publicKey && written(publicKey, scheme, rule?.encoding === "hex");
}

function written(publicKey: KeyObject, { name }: Scheme, isHex: boolean): string {
  const der = publicKey.export({ type: "spki", format: "der" });
  if (publicKey.asymmetricKeyType !== "ed25519") return der.toString("base64");
  const raw = der.subarray(-ED25519_BYTES);
  if (isHex) return raw.toString("hex");
  return `${name.startsWith("standardwebhooks") ? "whpk_" : ""}${raw.toString("base64")}`;
}
