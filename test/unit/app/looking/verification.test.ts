import * as v from "valibot";
import { expect, test } from "vitest";
import { verificationToJson } from "../../../../src/app/looking/verification.ts";
import { jsonShapes } from "../../../../src/core/wire/shapes/index.ts";
import { SIGNED_AT_S } from "../../../helpers/explained.ts";
import { textBody } from "../../../helpers/samples.ts";
import { verification, type VerificationWanted } from "../../../helpers/verifications.ts";

/** Held against its shape, unknown fields included. */
async function shown(wanted: VerificationWanted = {}) {
  const json = verificationToJson(await verification(wanted));
  expect(v.parse(jsonShapes.verification, json)).toEqual(json);
  return json;
}

const body = textBody('{"id":"evt_1", "type":"order.created"}');

test("what holds", async () => {
  expect(await shown()).toMatchObject({
    requestId: 44,
    provider: "stripe",
    verdict: "verified",
    signature: "matches",
    freshness: "fresh",
    signedAt: "2026-03-04T05:06:07.000Z",
    ageMs: 500,
    toleranceMs: 300_000,
    content: "{ts}.{body}",
    signed: [{ name: "ts", text: String(SIGNED_AT_S) }, { name: "text" }, { name: "body", text: null, size: 37 }],
    secret: "--secret",
    expected: null,
    diagnosis: null,
    search: null,
  });
});

test("what does not: the cause, and what looking for it took", async () => {
  const json = await shown({ message: { body } });
  expect(json).toMatchObject({
    verdict: "mismatch",
    secret: null,
    secrets: [{ name: "--secret", problem: null }],
    diagnosis: { causes: [{ name: "json-javascript" }], body: { signed: 37, received: 38, atByte: 14 } },
    search: { stoppedBy: null },
  });
  expect(json.search?.checks).toBeGreaterThan(1);
});

test("the expected signature comes with --reveal alone", async () => {
  expect((await shown({ message: { body } })).expected).toBeNull();
  expect((await shown({ message: { body }, isRevealed: true })).expected).toMatch(/^[0-9a-f]{64}$/);
});

test("a token that is sent along is null", async () => {
  const json = await shown({
    scheme: "gitlab",
    message: { headers: ["X-Gitlab-Token", "t0ken_123"] },
    isRevealed: true,
  });
  expect(json.received).toEqual([{ place: "x-gitlab-token", text: null }]);
});

test("nothing known, and not all there", async () => {
  const found = { ...(await verification()), recognition: undefined, explanation: undefined };
  expect(verificationToJson(found)).toMatchObject({ provider: null, scheme: null, verdict: "unsigned", received: [] });
  const cut = { ...found, subject: { ...found.subject, completeness: "partial", requestId: undefined } as const };
  expect(verificationToJson(cut)).toMatchObject({ requestId: null, verdict: "unjudged", signature: "unchecked" });
});
