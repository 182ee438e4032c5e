import { createHash, createHmac, generateKeyPairSync, verify } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { FileBody } from "../../../../src/core/model/body.ts";
import { isEqual, isSignedBy, macOf, signWith } from "../../../../src/core/schemes/digest.ts";
import { type AsymmetricKey, keyOf, macKey } from "../../../../src/core/schemes/keys.ts";
import { spooledBody, textBody } from "../../../helpers/samples.ts";

const KEY = Buffer.from("key");
const CONTENT = [Buffer.from("1."), "body", Buffer.from(".2")] as const;

describe("the code of some content", () => {
  test.each([
    ["hmac-sha256", "sha256"],
    ["hmac-sha1", "sha1"],
    ["hmac-sha512", "sha512"],
  ] as const)("by %s is that of its parts one after another, in memory and in a file", async (algorithm, hash) => {
    const expected = createHmac(hash, KEY).update("1.böd\u0000y.2").digest();
    expect(macOf(algorithm, macKey(KEY), CONTENT, textBody("böd\u0000y"))).toEqual(expected);
    expect(await macOf(algorithm, macKey(KEY), CONTENT, spooledBody("böd\u0000y"))).toEqual(expected);
  });

  test("by a plain hash knows no key", () => {
    const expected = createHash("sha256").update("1.body.2").digest();
    expect(macOf("sha256", macKey(KEY), CONTENT, textBody("body"))).toEqual(expected);
  });

  test("is there at once where the body is in a file and no part of it", () => {
    expect(macOf("hmac-sha256", macKey(KEY), [Buffer.from("x")], goneFile())).toEqual(
      createHmac("sha256", KEY).update("x").digest(),
    );
  });

  test("cannot be had of a file that is gone", async () => {
    await expect(macOf("hmac-sha256", macKey(KEY), CONTENT, goneFile())).rejects.toThrow("gone");
  });
});

describe.each([
  ["ed25519", generateKeyPairSync("ed25519"), null],
  ["ecdsa-p256-sha256", generateKeyPairSync("ec", { namedCurve: "P-256" }), "sha256"],
] as const)("a signature by %s", (algorithm, pair, hash) => {
  const key: AsymmetricKey = { kind: "asymmetric", publicKeys: [pair.publicKey], privateKey: pair.privateKey };

  test("is over the parts one after another, in memory and in a file", async () => {
    for (const body of [textBody("body"), spooledBody("body")]) {
      const signature = (await signWith(algorithm, key, CONTENT, body)) ?? Buffer.alloc(0);
      expect(verify(hash, Buffer.from("1.body.2"), pair.publicKey, signature)).toBe(true);
      expect(await isSignedBy(algorithm, key, CONTENT, body, signature)).toBe(true);
      expect(await isSignedBy(algorithm, key, CONTENT, textBody("bodY"), signature)).toBe(false);
      expect(await isSignedBy(algorithm, key, CONTENT, spooledBody("bodY"), signature)).toBe(false);
    }
  });

  test("is none where it is no signature at all", async () => {
    for (const text of ["", "x", "0".repeat(64)])
      expect(await isSignedBy(algorithm, key, CONTENT, textBody(""), Buffer.from(text))).toBe(false);
  });

  test("needs the private half", async () => {
    expect(await signWith(algorithm, { ...key, privateKey: undefined }, CONTENT, textBody(""))).toBeUndefined();
  });

  test("is neither made nor judged of more than can be held in memory", async () => {
    const body = { ...goneFile(), sizeBytes: 2 ** 31 };
    expect(await signWith(algorithm, key, CONTENT, body)).toBeUndefined();
    expect(await isSignedBy(algorithm, key, CONTENT, body, Buffer.alloc(64))).toBe(false);
  });
});

test("any of several public keys may fit", async () => {
  const key = keyOf("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "ed25519");
  if (key.kind !== "asymmetric") return expect.fail();
  expect(key.publicKeys).toHaveLength(2);
  const signature = (await signWith("ed25519", key, ["body"], textBody("x"))) ?? Buffer.alloc(0);
  return expect(isSignedBy("ed25519", key, ["body"], textBody("x"), signature)).toBe(true);
});

test("texts are equal only where every byte is", () => {
  expect(isEqual("abc", "abc")).toBe(true);
  expect(isEqual("", "")).toBe(true);
  for (const other of ["abd", "ab", "abcd", "ABC", "é"]) expect(isEqual("abc", other)).toBe(false);
});

function goneFile(): FileBody {
  return { kind: "file", name: undefined, sizeBytes: 1, read: missing };
}

async function* missing(): AsyncGenerator<Uint8Array> {
  yield await Promise.reject<Uint8Array>(new Error("gone"));
}
