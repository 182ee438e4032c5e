import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MASK, maskHeaders, maskHeaderValue, maskText } from "../../../../src/core/model/redact.ts";
import { expectLinear } from "../../../helpers/effort.ts";
import { hostileText, nastyStrings } from "../../../helpers/hostile-text.ts";

const MEGABYTE = 1_000_000;

describe("a header is masked when it is", () => {
  test.each([
    "Authorization",
    "proxy-authorization",
    "Cookie",
    "set-cookie",
    "X-Api-Key",
    "apikey",
    "X-Gitlab-Token",
    "X-Amz-Security-Token",
    "Client-Secret",
  ])("%s", (name) => {
    expect(maskHeaderValue(name, "hunter2")).toBe(MASK);
  });

  test.each([
    "X-Hub-Signature-256",
    "Stripe-Signature",
    "Content-Type",
    "X-GitHub-Event",
    "X-Tokenizer",
    "Cookie-Policy",
  ])("and not when it is %s", (name) => {
    expect(maskHeaderValue(name, "sha256=00ff")).toBe("sha256=00ff");
  });

  test("and a secret inside any other header is masked too", () => {
    expect(maskHeaders(["Referer", "/?token=abc&x=1", "AUTHORIZATION", "Basic x"])).toEqual([
      "Referer",
      `/?token=${MASK}&x=1`,
      "AUTHORIZATION",
      MASK,
    ]);
  });
});

describe("text loses", () => {
  test.each([
    ["a Stripe key", `key sk_${"live"}_0123456789abcdef.`, `key ${MASK}.`],
    ["a signing secret", "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD", MASK],
    ["a GitHub token", `ghp_${"a1B2".repeat(9)}`, MASK],
    ["a Slack token", "xoxb-1234567890-abcdef", MASK],
    ["an AWS key id", "AKIAIOSFODNN7EXAMPLE", MASK],
    ["a JWT", "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", `Bearer ${MASK}`],
    ["a private key", `a -----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- b`, `a ${MASK} b`],
    ["a JSON field", '{"access_token" : "a\\"b\\\\","n":1}', `{"access_token" : "${MASK}","n":1}`],
    ["each JSON field", '{"secret":"","Password":"x"}', `{"secret":"${MASK}","Password":"${MASK}"}`],
    ["a JSON field whose end was cut off", '{"token":"abc', `{"token":"${MASK}"`],
    ["a form field", "user=a&password=b%20c&x=1", `user=a&password=${MASK}&x=1`],
    ["a query field", "/hooks?api_key=abc#x", `/hooks?api_key=${MASK}#x`],
    ["a card number", "card 4242 4242 4242 4242 ok", `card ${MASK} ok`],
    ["a card number with dashes", "4000-0566-5566-5556", MASK],
  ])("%s", (_, text, masked) => {
    expect(maskText(text)).toBe(masked);
  });

  test.each([
    ["a number that is no card", "4242 4242 4242 4243"],
    ["digits inside an identifier", "evt4242424242424242x"],
    ["a signature", "t=1492774577,v1=5257a869e7ecebeda32affa62cdca3fa51cad7e77a0e56ff536d0ce8e108d8bd"],
    ["a field that only sounds like it", '{"tokens":"3","secretary":"Ann"}'],
    ["an id", '{"id":"evt_1NG8Du2eZvKYlo2CUI79vXWy"}'],
  ])("but not %s", (_, text) => {
    expect(maskText(text)).toBe(text);
  });
});

test("masking never throws, and what is masked once stays as it is", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(hostileText, fc.constantFrom('"token":"', "?secret=", "eyJ", "4242", '"'))),
      (parts) => {
        const once = maskText(parts.join(""));
        expect(maskText(once)).toBe(once);
      },
    ),
    { examples: nastyStrings.map((text) => [[text]]) },
  );
});

describe("a megabyte made to be slow is masked in time:", () => {
  test.each([
    "a",
    "1",
    "1-",
    " ",
    '"',
    "\\",
    '"token":"',
    '"token" ',
    '"token":"\\"',
    '\\"token\\":\\"',
    '"access_',
    "?token=",
    "eyJ",
    "eyJ-",
    "-eyJaaaaaaaa",
    "eyJaaaaaaaa.",
    "sk_live_",
    "whsec_",
    "xoxb-",
    "AKIA",
    "github_pat_",
    "-----BEGIN ",
    "-----BEGIN A PRIVATE KEY-----",
    "-----BEGIN PRIVATE KEY-----a",
  ])("%j over and over", (piece) => {
    expectLinear(MEGABYTE, (sizeBytes) => {
      const text = piece.repeat(Math.ceil(sizeBytes / piece.length));
      maskText(text);
      maskText(`"token":"${text}`);
    });
  });
});

test.each(["a", "\\a", '\\"', "\\\\"])("a secret of many megabytes of %j is masked like a short one", (piece) => {
  const value = piece.repeat(25_000_000 / piece.length);
  expect(maskText(`{"token":"${value}","x":1}`)).toBe(`{"token":"${MASK}","x":1}`);
});
