import fc from "fast-check";
import { expect, test } from "vitest";
import { secretForms } from "../../../../src/core/model/secret-forms.ts";

const SECRET = "aß\"\\/ <b>&'c\u001b4711";
const bytes = Buffer.from(SECRET);

test.each([
  ["as it is", SECRET],
  ["in JSON", JSON.stringify({ a: SECRET })],
  ["in JSON with all slashes escaped", JSON.stringify({ a: SECRET }).replaceAll("/", "\\/")],
  ["in JSON of ASCII alone", JSON.stringify({ a: SECRET }).replaceAll("ß", "\\u00df")],
  ["in JSON within JSON", JSON.stringify({ a: JSON.stringify({ b: SECRET }) })],
  ["in a query", `?a=${encodeURIComponent(SECRET)}`],
  ["in a query by a strict encoder", `?a=${encodeURIComponent(SECRET).replaceAll("'", "%27")}`],
  ["in a form", new URLSearchParams({ a: SECRET }).toString().replaceAll("%27", "'")],
  ["with escapes in small letters", encodeURIComponent(SECRET).replaceAll(/%../g, (escape) => escape.toLowerCase())],
  [
    "in HTML",
    SECRET.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;"),
  ],
  ["in a header, one character a byte", bytes.toString("latin1")],
  ["as hexadecimal", bytes.toString("hex")],
  ["as large hexadecimal", bytes.toString("hex").toUpperCase()],
  ["as base64", bytes.toString("base64")],
  ["as base64url", bytes.toString("base64url")],
])("a secret is known %s", (_, written) => {
  expect(secretForms(SECRET).some((form) => written.includes(form))).toBe(true);
});

test("a secret is known in the middle of base64, all but what its neighbours share with it", () => {
  fc.assert(
    fc.property(fc.string(), fc.string({ minLength: 12 }), fc.string(), (before, secret, behind) => {
      const written = Buffer.from(before + secret + behind).toString("base64");
      const found = secretForms(secret).filter((form) => written.includes(form));
      const longest = Math.max(0, ...found.map(({ length }) => length));
      expect(longest).toBeGreaterThanOrEqual(Math.floor((Buffer.from(secret).length * 8) / 6) - 2);
    }),
  );
});

test("what stands behind a prefix is known alone, as it is and as the key that it is", () => {
  const key = Buffer.from("0123456789abcdefghijklmn");
  const forms = secretForms(`whsec_${key.toString("base64")}`);
  expect(forms).toEqual(expect.arrayContaining([key.toString("base64"), key.toString("hex")]));
});

test("each line of a key is known, and not the lines that all keys have", () => {
  const forms = secretForms(
    "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkq\nhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----\n",
  );
  expect(forms).toEqual(expect.arrayContaining(["MIIEvQIBADANBgkq", "hkiG9w0BAQEFAASC"]));
  expect(forms).not.toContain("-----BEGIN PRIVATE KEY-----");
});

test("no form is so short that it would stand in other text", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 8, unit: "binary" }), (secret) => {
      expect(secretForms(secret).filter((form) => form.length < 8)).toEqual([]);
    }),
  );
});
