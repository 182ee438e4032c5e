import { toWire } from "../model/headers.ts";
import { HookcliError } from "../model/errors.ts";
import type { Message } from "../model/request.ts";
import type { Secret } from "../model/secret.ts";
import { macOf, signWith } from "./digest.ts";
import { isSigningToken, type Key, keyOf } from "./keys.ts";
import { ruleOf } from "./template-rule.ts";
import type { Draft, Mac, Scheme, SignatureRule, Stamp } from "./scheme.ts";
import { setHeader } from "./header-edit.ts";
import { setPlace } from "./set-place.ts";

/**
 * Signs a message as its provider does, in place of any signature that it carries; what the provider sends beside it is
 * the caller's.
 * @param scheme one that `canSign`
 * @throws BAD_SECRET where the secret is none for this scheme
 */
export async function signMessage(
  draft: Draft,
  scheme: Scheme,
  secret: Secret,
  stamp: Omit<Stamp, "secretText">,
): Promise<Message> {
  const { method, target, headers, body } = draft;
  const signature = signatureWith(scheme, secret.text);
  if (signature.kind === "static") {
    const { place } = signature;
    if (place.startsWith("b:")) return { method, target, headers, body: setPlace(body, place, secret.text) };
    return { method, target, body, headers: setHeader(headers, place.slice(2), toWire(secret.text)) };
  }
  return signByRule(draft, { ...scheme, signature }, secret, stamp);
}

/** How a scheme signs with this secret: where it knows secrets that are sent along, another one may sign in their place. */
export function signatureWith({ signature }: Scheme, secretText: string): Scheme["signature"] {
  if (signature.kind !== "static" || !signature.unlessSigned || !isSigningToken(secretText)) return signature;
  return signature.unlessSigned;
}

async function signByRule(
  draft: Draft,
  scheme: Scheme,
  secret: Secret,
  stamp: Omit<Stamp, "secretText">,
): Promise<Message> {
  const { method, target, headers, body } = draft;
  const rule = ruleOf(scheme);
  if (!rule) return { method, target, headers, body };
  return rule.sign(draft, { ...stamp, secretText: secret.text }, macWith(scheme, rule, secret));
}

/** Whether hookcli can make this scheme's signatures. */
export function canSign({ signature }: Scheme): boolean {
  return signature.kind === "template" || signature.kind === "code" || signature.kind === "static";
}

function macWith(scheme: Scheme, rule: SignatureRule, secret: Secret): Mac {
  const key = keyOf(secret.text, rule.key);
  return async (content, body) => {
    const { algorithm } = rule;
    if (key.kind === "mac") return (await macOf(algorithm, key, content, body)).toString(rule.encoding);
    const signed = key.kind === "asymmetric" ? await signWith(algorithm, key, content, body) : undefined;
    if (signed) return signed.toString(rule.encoding);
    throw new HookcliError("BAD_SECRET", { name: secret.name, provider: scheme.name, problem: problemOf(key) });
  };
}

function problemOf(key: Key): string {
  if (key.kind === "unusable") return key.why;
  return "it is a public key, which judges and cannot sign, or the body is too large to be signed";
}
