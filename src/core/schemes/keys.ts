import { createPrivateKey, createPublicKey, createSecretKey, type KeyObject } from "node:crypto";
import type { KeyForm } from "./scheme.ts";

/** A secret made into the key that a scheme computes with. */
export type Key = MacKey | AsymmetricKey | UnusableKey;

export interface MacKey {
  readonly kind: "mac";
  readonly bytes: Buffer;
  /** The same bytes in the form that Node hashes with five times as fast. */
  readonly keyObject: KeyObject;
}

export interface AsymmetricKey {
  readonly kind: "asymmetric";
  /** Any of them may fit: 32 bytes can be a public key or the seed of a private one. */
  readonly publicKeys: readonly KeyObject[];
  /** Undefined where only the public half was given: enough to judge, not to sign. */
  readonly privateKey: KeyObject | undefined;
}

export interface UnusableKey {
  readonly kind: "unusable";
  /** What is wrong with it, as the end of a sentence; without the secret. */
  readonly why: string;
}

const SEED_BYTES = 32;
/** What stands before the 32 bytes of a key in DER (RFC 8410). */
const ED25519_PRIVATE_DER = Buffer.from("302e020100300506032b657004220420", "hex");
const ED25519_PUBLIC_DER = Buffer.from("302a300506032b6570032100", "hex");

const MOST_CACHED = 64;
/** By form, then by secret. */
const caches = new Map<KeyForm, Map<string, Key>>();

/** Makes a key of a secret as its scheme does; the same one for the same secret. */
export function keyOf(secretText: string, form: KeyForm): Key {
  let cache = caches.get(form);
  if (!cache) {
    cache = new Map<string, Key>();
    caches.set(form, cache);
  }
  let key = cache.get(secretText);
  if (!key) {
    if (cache.size >= MOST_CACHED) cache.clear();
    key = makeKey(secretText, form);
    cache.set(secretText, key);
  }
  return key;
}

/** Whether a secret is one that signs, where a scheme knows others that are sent along. */
export function isSigningToken(secretText: string): boolean {
  return withoutPrefix(secretText) !== secretText;
}

function makeKey(text: string, form: KeyForm): Key {
  switch (form) {
    case "utf8":
      return mac(Buffer.from(text));
    case "utf8-nfkd":
      return mac(Buffer.from(text.normalize("NFKD")));
    case "base64":
      return mac(Buffer.from(text, "base64"));
    case "hex":
      return /^(?:[0-9a-f]{2})+$/i.test(text) ? mac(Buffer.from(text, "hex")) : unusable("it is not written in hex");
    case "whsec":
      if (/^wh[sp]k_/.test(text)) return unusable("it is one of a pair of keys, which sign v1a and not v1");
      return mac(Buffer.from(withoutPrefix(text), "base64"));
    case "whsec-or-utf8":
      return mac(withoutPrefix(text) === text ? Buffer.from(text) : Buffer.from(withoutPrefix(text), "base64"));
    case "ed25519":
    case "ecdsa":
      return asymmetricKey(text.trim(), form);
    default:
      return form satisfies never;
  }
}

/** Supabase writes `v1,whsec_…`. */
function withoutPrefix(text: string): string {
  return text.replace(/^(?:v1,)?whsec_/, "");
}

function mac(bytes: Buffer): Key {
  return bytes.length > 0 ? macKey(bytes) : unusable("nothing is left of it when it is decoded");
}

/** Bytes as a key; none of them are one too. */
export function macKey(bytes: Buffer): MacKey {
  return { kind: "mac", bytes, keyObject: createSecretKey(bytes) };
}

function unusable(why: string): UnusableKey {
  return { kind: "unusable", why };
}

function asymmetricKey(text: string, form: "ed25519" | "ecdsa"): Key {
  if (withoutPrefix(text) !== text) return unusable("it is a shared secret, and no key of a pair");
  try {
    const key = text.startsWith("-----BEGIN") ? fromPem(text) : form === "ed25519" ? fromEd25519(text) : fromDer(text);
    const wanted = form === "ed25519" ? "ed25519" : "ec";
    const isRight = key.publicKeys.every(({ asymmetricKeyType }) => asymmetricKeyType === wanted);
    return isRight ? key : unusable(`it is no ${form} key`);
  } catch {
    return unusable(`it is no ${form} key in PEM${form === "ed25519" ? ", hex or base64" : " or base64"}`);
  }
}

function fromPem(text: string): AsymmetricKey {
  if (text.includes("PRIVATE KEY")) return ofPrivate(createPrivateKey(text));
  return { kind: "asymmetric", publicKeys: [createPublicKey(text)], privateKey: undefined };
}

function fromEd25519(text: string): AsymmetricKey {
  const bare = text.replace(/^wh[sp]k_/, "");
  const bytes = /^[0-9a-f]{64}(?:[0-9a-f]{64})?$/i.test(bare) ? Buffer.from(bare, "hex") : Buffer.from(bare, "base64");
  if (bytes.length === SEED_BYTES * 2) return ofPrivate(ed25519Private(bytes.subarray(0, SEED_BYTES)));
  if (bytes.length !== SEED_BYTES) return fromDer(text);
  const asPublic = createPublicKey({ key: Buffer.concat([ED25519_PUBLIC_DER, bytes]), format: "der", type: "spki" });
  if (text.startsWith("whpk_")) return { kind: "asymmetric", publicKeys: [asPublic], privateKey: undefined };
  const asSeed = ofPrivate(ed25519Private(bytes));
  return { ...asSeed, publicKeys: text.startsWith("whsk_") ? asSeed.publicKeys : [asPublic, ...asSeed.publicKeys] };
}

function ed25519Private(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([ED25519_PRIVATE_DER, seed]), format: "der", type: "pkcs8" });
}

function fromDer(text: string): AsymmetricKey {
  const der = Buffer.from(text, "base64");
  try {
    return {
      kind: "asymmetric",
      publicKeys: [createPublicKey({ key: der, format: "der", type: "spki" })],
      privateKey: undefined,
    };
  } catch {
    return ofPrivate(createPrivateKey({ key: der, format: "der", type: "pkcs8" }));
  }
}

function ofPrivate(privateKey: KeyObject): AsymmetricKey {
  return { kind: "asymmetric", publicKeys: [createPublicKey(privateKey)], privateKey };
}
