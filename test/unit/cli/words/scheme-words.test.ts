import { expect, test } from "vitest";
import {
  methodText,
  placeText,
  rotationText,
  signatureHeaders,
  signaturePhrase,
  timestampText,
} from "../../../../src/cli/words/scheme-words.ts";
import type { Scheme, Signature, TemplateSignature } from "../../../../src/core/schemes/scheme.ts";
import { schemes } from "../../../../src/core/schemes/index.ts";

const template: TemplateSignature = {
  kind: "template",
  algorithm: "hmac-sha256",
  encoding: "hex",
  key: "utf8",
  content: "{ts}.{body}",
  headers: { "X-Time": "{ts}", "X-Signature": "v1={sig}" },
};
const withSignature = (signature: Signature): Scheme => ({
  name: "ours",
  title: "Ours",
  source: "https://example.com",
  trust: "reference",
  signature,
});

test("a place is told in words, alternatives and joined parts too", () => {
  expect(placeText("h:x-event-id|b:data.0.id")).toBe("header x-event-id, else body data.0.id");
  expect(placeText("b:object+b:entry.0.field|q:type")).toBe("body object + body entry.0.field, else query type");
});

test("a signature is told in a phrase, whatever kind it is", () => {
  const phrases = (
    [
      template,
      { kind: "static", place: "h:x-token" },
      { kind: "static", place: "h:x-token", unlessSigned: template },
      { kind: "unjudged", why: "a certificate" },
      { kind: "none" },
    ] as const
  ).map(signaturePhrase);
  expect(phrases).toEqual([
    "HMAC-SHA256 over {ts}.{body}",
    "a token, sent along as it is",
    "a token, sent along as it is; or signed",
    "not judged: that takes a certificate",
    "none",
  ]);
});

test("every provider that is built in has a phrase, and only what is signed has a method", () => {
  for (const scheme of schemes) {
    const { kind } = scheme.signature;
    expect([scheme.name, signaturePhrase(scheme.signature)]).toEqual([scheme.name, expect.stringMatching(/^\S.+\S$/)]);
    expect([scheme.name, methodText(scheme) !== undefined]).toEqual([
      scheme.name,
      kind === "template" || kind === "code",
    ]);
  }
});

test("the method names algorithm and encoding", () => {
  const scheme = withSignature({ ...template, algorithm: "ed25519", encoding: "base64url" });
  expect(methodText(scheme)).toBe("Ed25519, in base64url without padding");
});

test("a time has its unit, its place and its limits", () => {
  expect(timestampText({ unit: "s", toleranceMs: 300_000 })).toBe(
    "in seconds, at most 5 min old, one from the future passes",
  );
  expect(timestampText({ unit: "ms", toleranceMs: 60_000, refusesFuture: true, place: "b:webhookTimestamp" })).toBe(
    "in milliseconds (body webhookTimestamp), at most 1 min old, nor further ahead",
  );
  expect(timestampText({ unit: "iso" })).toBe("as ISO 8601, of any age");
});

test("headers are shown as they are sent, and a token by its place", () => {
  const scheme = withSignature({ ...template, alsoIn: ["X-Second"] });
  expect(signatureHeaders(scheme)).toEqual(["X-Time: {ts}", "X-Signature: v1={sig}", "X-Second: the same"]);
  expect(signatureHeaders(withSignature({ kind: "static", place: "h:x-token" }))).toEqual(["header x-token"]);
  expect(signatureHeaders(withSignature({ kind: "none" }))).toEqual([]);
});

test("rotation says how several signatures stand side by side", () => {
  const texts = [
    template,
    { ...template, separator: "," as const },
    { ...template, alsoIn: ["X-Second"] },
    { ...template, headers: { "X-Signature-{n}": "{sig}" } },
    { kind: "none" as const },
  ].map((signature) => rotationText(withSignature(signature)));
  expect(texts).toEqual([
    undefined,
    "several in one header with commas between them; any of them may hold",
    "a second header; any of them may hold",
    "one header for each secret; any of them may hold",
    undefined,
  ]);
});

test("every provider whose signature is judged says where it stands", () => {
  const judged = schemes.filter(({ signature }) => ["template", "code", "static"].includes(signature.kind));
  for (const scheme of judged) expect([scheme.name, signatureHeaders(scheme).join()]).not.toEqual([scheme.name, ""]);
});
