import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { expect, test } from "vitest";
import { signatureForm } from "../../../../src/core/schemes/signature-form.ts";

test.each([
  ["hmac-sha1", "sha1"],
  ["hmac-sha256", "sha256"],
  ["hmac-sha512", "sha512"],
] as const)("knows what %s looks like in each encoding", (algorithm, hash) => {
  for (const encoding of ["hex", "base64", "base64url"] as const) {
    const text = createHmac(hash, "k").update("x").digest(encoding);
    expect(text).toMatch(signatureForm(algorithm, encoding));
    expect(text.slice(0, -3)).not.toMatch(signatureForm(algorithm, encoding));
    expect(`${text}\n`).not.toMatch(signatureForm(algorithm, encoding));
    expect(`é${text.slice(1)}`).not.toMatch(signatureForm(algorithm, encoding));
  }
});

test("knows signatures by a pair of keys", () => {
  const ed = sign(null, Buffer.from("x"), generateKeyPairSync("ed25519").privateKey);
  expect(ed.toString("hex")).toMatch(signatureForm("ed25519", "hex"));
  const ec = sign("sha256", Buffer.from("x"), generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey);
  expect(ec.toString("base64")).toMatch(signatureForm("ecdsa-p256-sha256", "base64"));
  expect("").not.toMatch(signatureForm("ecdsa-p256-sha256", "base64"));
});

test("hex may be written in either case", () => {
  expect("AB".repeat(32)).toMatch(signatureForm("sha256", "hex"));
});
