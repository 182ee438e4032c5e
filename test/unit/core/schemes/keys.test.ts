import { createPrivateKey, generateKeyPairSync, sign, verify } from "node:crypto";
import { describe, expect, test } from "vitest";
import { isSigningToken, type Key, keyOf, macKey } from "../../../../src/core/schemes/keys.ts";
import type { KeyForm } from "../../../../src/core/schemes/scheme.ts";

// RFC 8032, 7.1, test 1.
const SEED = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
const PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
const SIGNATURE =
  "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";

function bytesOf(text: string, form: KeyForm): string {
  const key = keyOf(text, form);
  return key.kind === "mac" ? key.bytes.toString("hex") : key.kind;
}

describe("a shared secret", () => {
  test.each([
    ["abc é", "utf8", "61626320c3a9"],
    ["ﬁ", "utf8-nfkd", "6669"],
    ["YWJj", "base64", "616263"],
    ["0aFf", "hex", "0aff"],
    ["whsec_YWJj", "whsec", "616263"],
    ["v1,whsec_YWJj", "whsec", "616263"],
    ["YWJj", "whsec", "616263"],
    ["whsec_YWJj", "whsec-or-utf8", "616263"],
    ["YWJj", "whsec-or-utf8", "59574a6a"],
    ["whsec_YWJj", "utf8", "77687365635f59574a6a"],
  ] as const)("%s as %s has these bytes", (text, form, hex) => {
    expect(bytesOf(text, form)).toBe(hex);
  });

  test.each([
    ["", "utf8"],
    ["xyz", "hex"],
    ["abc", "hex"],
    ["whsec_", "whsec"],
    ["!!", "base64"],
    ["whsk_YWJj", "whsec"],
    ["whpk_YWJj", "whsec"],
  ] as const)("%j is none in the form %s", (text, form) => {
    const key = keyOf(text, form);
    expect(key.kind).toBe("unusable");
    expect(JSON.stringify(key)).not.toContain(text === "" ? "\u0000" : text);
  });

  test("is made once, however often it is asked for", () => {
    expect(keyOf("same", "utf8")).toBe(keyOf("same", "utf8"));
    expect(keyOf("same", "utf8")).not.toBe(keyOf("same", "base64"));
  });

  test("is not kept forever", () => {
    const first = keyOf("first", "utf8");
    for (let index = 0; index < 100; index += 1) keyOf(`other ${index}`, "utf8");
    expect(keyOf("first", "utf8")).not.toBe(first);
  });

  test("may be empty where somebody asks for just that", () => {
    expect(macKey(Buffer.alloc(0)).keyObject.symmetricKeySize).toBe(0);
  });
});

describe("an Ed25519 key", () => {
  const pem = createPrivateKey({
    key: Buffer.from(`302e020100300506032b657004220420${SEED}`, "hex"),
    format: "der",
    type: "pkcs8",
  });
  const both = Buffer.from(SEED + PUBLIC, "hex").toString("base64");

  test.each([
    ["64 hex digits of a seed", SEED],
    ["the seed in base64", Buffer.from(SEED, "hex").toString("base64")],
    ["whsk_ with both halves", `whsk_${both}`],
    ["whsk_ with the seed", `whsk_${Buffer.from(SEED, "hex").toString("base64")}`],
    ["128 hex digits", SEED + PUBLIC],
    ["PEM", pem.export({ type: "pkcs8", format: "pem" }).toString()],
    ["PEM with spaces around it", `\n ${pem.export({ type: "pkcs8", format: "pem" }).toString()} \n`],
    ["DER in base64", pem.export({ type: "pkcs8", format: "der" }).toString("base64")],
  ])("given as %s signs as RFC 8032 says", (_, text) => {
    const key = asymmetric(keyOf(text, "ed25519"));
    expect(key.privateKey && sign(null, Buffer.alloc(0), key.privateKey).toString("hex")).toBe(SIGNATURE);
    expect(holds(key)).toBe(true);
  });

  test.each([
    ["64 hex digits", PUBLIC],
    ["whpk_", `whpk_${Buffer.from(PUBLIC, "hex").toString("base64")}`],
    ["base64", Buffer.from(PUBLIC, "hex").toString("base64")],
    ["DER in base64", Buffer.from(`302a300506032b6570032100${PUBLIC}`, "hex").toString("base64")],
  ])("whose public half is given as %s judges", (_, text) => {
    expect(holds(asymmetric(keyOf(text, "ed25519")))).toBe(true);
  });

  test("of which only the public half is known cannot sign", () => {
    expect(
      asymmetric(keyOf(`whpk_${Buffer.from(PUBLIC, "hex").toString("base64")}`, "ed25519")).privateKey,
    ).toBeUndefined();
  });

  test.each(["", "abc", "whsec_YWJj", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "é".repeat(64)])(
    "is not %j",
    (text) => {
      expect(keyOf(text, "ed25519").kind).toBe("unusable");
    },
  );

  function holds(key: Extract<Key, { kind: "asymmetric" }>): boolean {
    return key.publicKeys.some((one) => verify(null, Buffer.alloc(0), one, Buffer.from(SIGNATURE, "hex")));
  }
});

describe("an ECDSA key", () => {
  const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });

  test.each([
    ["PEM, private", pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString(), true],
    ["PEM of SEC 1", pair.privateKey.export({ type: "sec1", format: "pem" }).toString(), true],
    ["DER in base64, private", pair.privateKey.export({ type: "pkcs8", format: "der" }).toString("base64"), true],
    ["PEM, public", pair.publicKey.export({ type: "spki", format: "pem" }).toString(), false],
    ["DER in base64, public", pair.publicKey.export({ type: "spki", format: "der" }).toString("base64"), false],
  ])("is taken as %s", (_, text, isPrivate) => {
    const key = asymmetric(keyOf(text, "ecdsa"));
    expect(key.privateKey !== undefined).toBe(isPrivate);
    const signature = sign("sha256", Buffer.from("x"), pair.privateKey);
    expect(key.publicKeys.some((one) => verify("sha256", Buffer.from("x"), one, signature))).toBe(true);
  });

  test("is no key of another kind", () => {
    const ed = generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 })
      .publicKey.export({ type: "spki", format: "pem" })
      .toString();
    for (const text of [ed, rsa]) expect(keyOf(text, "ecdsa")).toEqual({ kind: "unusable", why: "it is no ecdsa key" });
  });
});

test("a signing token is told by what it begins with", () => {
  for (const text of ["whsec_YWJj", "v1,whsec_YWJj"]) expect(isSigningToken(text)).toBe(true);
  for (const text of ["", "token", " whsec_a", "x-whsec_a"]) expect(isSigningToken(text)).toBe(false);
});

function asymmetric(key: Key): Extract<Key, { kind: "asymmetric" }> {
  return key.kind === "asymmetric" ? key : expect.fail(JSON.stringify(key));
}
