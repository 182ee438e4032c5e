import { expect, test } from "vitest";
import type { TemplateSignature } from "../../../../src/core/schemes/scheme.ts";
import { templateProblem } from "../../../../src/core/schemes/template-problem.ts";

const plain: TemplateSignature = {
  kind: "template",
  algorithm: "hmac-sha256",
  encoding: "hex",
  key: "utf8",
  content: "{body}",
  headers: { "X-Sig": "sha256={sig}" },
};
const timestamp = { unit: "s" } as const;

test.each<Partial<TemplateSignature>>([
  {},
  { headers: { "X-Sig": "{sig}" } },
  { headers: { "X-Sig-{n}": "{sig}" }, alsoIn: ["Other"] },
  { headers: { "X-Sig": "t={ts},v1={sig}" }, separator: ",", content: "{ts}.{body}", timestamp },
  { headers: { "X-Sig": "v=1;t={ts};s={sig}" }, separator: ";", content: "{ts}.{body}", timestamp },
  { headers: { "X-Sig": "{sig}", "X-Time": "{ts}", "X-Id": "{id}" }, content: "{id}.{ts}.{body}", timestamp },
  { timestamp: { unit: "ms", place: "b:sent_at" } },
  { algorithm: "sha256", content: "{secret}{body}" },
  { algorithm: "ed25519", key: "ed25519" },
  { algorithm: "ecdsa-p256-sha256", key: "ecdsa" },
  { content: '{"body":{body}}' },
])("finds nothing wrong with %j", (changes) => {
  expect(templateProblem({ ...plain, ...changes })).toBeUndefined();
});

test.each<[Partial<TemplateSignature>, readonly string[], RegExp]>([
  [{ headers: {} }, ["headers"], /needs one header that holds \{sig\}/],
  [{ headers: { "X-Sig": "sha256=" } }, ["headers"], /needs one header that holds \{sig\}/],
  [{ headers: { A: "{sig}", B: "{sig}" } }, ["headers"], /in one header only/],
  [{ headers: { "X Sig": "{sig}" } }, ["headers"], /"X Sig"/],
  [{ alsoIn: [""] }, ["headers"], /""/],
  [
    { headers: { "X-Sig": "{signature}" } },
    ["headers", "X-Sig"],
    /holds \{signature\}, which there is not; there are \{sig\}/,
  ],
  [{ headers: { "X-Sig": "{sig}", "X-U": "ü" } }, ["headers", "X-U"], /ASCII/],
  [{ headers: { "X-Sig": "t={ts},v1={sig}" }, timestamp }, ["headers", "X-Sig"], /"separator"/],
  [{ headers: { "X-Sig": "v1={sig};" } }, ["headers", "X-Sig"], /like v1=\{sig\}/],
  [{ headers: { "X-Sig": "{ts}{sig}" }, separator: ",", timestamp }, ["headers", "X-Sig"], /divided by ","/],
  [
    { headers: { "X-Sig": "id={id},v1={sig}" }, separator: "," },
    ["headers", "X-Sig"],
    /\{id\} needs a header of its own/,
  ],
  [{ content: "{Body}" }, ["content"], /holds \{Body\}, which there is not/],
  [{ content: "body" }, ["content"], /same for every request/],
  [{ content: "{ts}.{body}" }, [], /needs "timestamp"/],
  [{ content: "{id}.{body}" }, ["content"], /a header with \{id\} alone/],
  [{ timestamp }, ["timestamp"], /needs a header with \{ts\}, or "place"/],
  [{ algorithm: "sha256" }, ["content"], /must hold \{secret\}/],
  [{ algorithm: "ed25519" }, ["key"], /cannot be utf8 with ed25519: it is ed25519/],
  [{ key: "ecdsa" }, ["key"], /cannot be ecdsa with hmac-sha256/],
])("says what is wrong with %j", (changes, steps, problem) => {
  const found = templateProblem({ ...plain, ...changes });
  expect(found?.steps).toEqual(steps);
  expect(found?.problem).toMatch(problem);
});
