import { createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";
import { expect, test } from "vitest";
import { findScheme } from "../../../../src/core/schemes/known-schemes.ts";
import { publicKeyText } from "../../../../src/core/schemes/public-key.ts";

const ed25519 = generateKeyPairSync("ed25519");
const ecdsa = generateKeyPairSync("ec", { namedCurve: "P-256" });
const pem = (key: typeof ed25519.privateKey): string => key.export({ type: "pkcs8", format: "pem" }).toString();

function textOf(provider: string, secretText: string): string | undefined {
  const scheme = findScheme(provider);
  if (!scheme) throw new Error(`there is no ${provider}`);
  return publicKeyText(scheme, secretText);
}

const RAW = ed25519.publicKey.export({ type: "spki", format: "der" }).subarray(-32);

test("a public key is written as its provider shows it", () => {
  expect(textOf("discord", pem(ed25519.privateKey))).toBe(RAW.toString("hex"));
  expect(textOf("telnyx", pem(ed25519.privateKey))).toBe(RAW.toString("base64"));
  expect(textOf("standardwebhooks-v1a", pem(ed25519.privateKey))).toBe(`whpk_${RAW.toString("base64")}`);
});

test("a key on a curve is one that verifies what the private one signs", () => {
  const der = Buffer.from(textOf("sendgrid", pem(ecdsa.privateKey)) ?? "", "base64");
  const key = createPublicKey({ key: der, format: "der", type: "spki" });
  const content = Buffer.from("content");
  expect(verify("sha256", content, key, sign("sha256", content, ecdsa.privateKey))).toBe(true);
});

test("there is none where both sides share a secret, and none in what is no private key", () => {
  expect(textOf("stripe", "whsec_1")).toBeUndefined();
  expect(textOf("gitlab", "a-token")).toBeUndefined();
  expect(textOf("sendgrid", "nonsense")).toBeUndefined();
  expect(textOf("telnyx", ed25519.publicKey.export({ type: "spki", format: "pem" }).toString())).toBeUndefined();
});
