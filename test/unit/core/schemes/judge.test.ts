import { describe, expect, test } from "vitest";
import { EMPTY_BODY } from "../../../../src/core/model/body.ts";
import { cloudevents } from "../../../../src/core/schemes/entries/cloudevents.ts";
import { figma } from "../../../../src/core/schemes/entries/figma.ts";
import { gitlab } from "../../../../src/core/schemes/entries/gitlab.ts";
import { paypal } from "../../../../src/core/schemes/entries/paypal.ts";
import { stripe } from "../../../../src/core/schemes/entries/stripe.ts";
import { telegram } from "../../../../src/core/schemes/entries/telegram.ts";
import { setHeader, withoutHeaders } from "../../../../src/core/schemes/header-edit.ts";
import { judge } from "../../../../src/core/schemes/judge.ts";
import { MessageView } from "../../../../src/core/schemes/message-view.ts";
import { signMessage } from "../../../../src/core/schemes/sign.ts";
import { draftOf, judged, secretsOf, signed, SIGNED_AT_MS, stampOf } from "../../../contracts/signed-messages.ts";

const bare = { method: "POST", target: "/", headers: [], body: EMPTY_BODY };

test("what has no signature is unsigned, and what cannot be judged says so, whatever is expected", async () => {
  expect((await judged(bare, cloudevents, { isExpected: true })).verdict.kind).toBe("unsigned");
  expect((await judged(bare, paypal, { isExpected: true })).verdict.kind).toBe("unjudged");
});

test("a body in memory is judged at once", async () => {
  const view = new MessageView(await signed(stripe));
  const context = { secrets: secretsOf(stripe), isExpected: true, urls: ["http://a/"], atMs: SIGNED_AT_MS };
  expect(judge(view, stripe, context)).not.toBeInstanceOf(Promise);
});

test("names the secret, the signature and its place", async () => {
  const message = await signed(stripe);
  const [right, wrong] = secretsOf(stripe);
  const value = message.headers.at(-1) ?? "";
  const bad = `t=${SIGNED_AT_MS / 1000},v1=${"0".repeat(64)}${value.slice(value.indexOf(","))}`;
  const two = { ...message, headers: setHeader(message.headers, "Stripe-Signature", bad) };
  const { match } = await judged(two, stripe, { secrets: [wrong, right] });
  expect(match?.secret.name).toBe(right.name);
  expect(match?.presented.place).toBe("Stripe-Signature, 2nd v1");
});

test("signature and freshness are two findings", async () => {
  const message = await signed(stripe);
  const late = { atMs: SIGNED_AT_MS + 400_000 };
  expect(await judged(message, stripe, late)).toMatchObject({
    signature: "matches",
    freshness: "stale",
    verdict: { kind: "stale" },
  });
  expect(await judged(message, stripe, { ...late, toleranceMs: 500_000 })).toMatchObject({
    freshness: "fresh",
    verdict: { kind: "verified" },
  });
  const [, wrong] = secretsOf(stripe);
  expect(await judged(message, stripe, { ...late, secrets: [wrong] })).toMatchObject({
    signature: "mismatch",
    freshness: "stale",
    verdict: { kind: "mismatch", signedAtMs: SIGNED_AT_MS },
  });
  expect(await judged(message, stripe, { ...late, secrets: [] })).toMatchObject({
    signature: "unchecked",
    freshness: "stale",
    verdict: { kind: "no-secret", signedAtMs: SIGNED_AT_MS },
  });
});

test("secrets that are none for the scheme are passed over", async () => {
  const empty = { name: "empty", text: "" };
  const [right] = secretsOf(stripe);
  const message = await signed(stripe);
  expect((await judged(message, stripe, { secrets: [empty] })).verdict.kind).toBe("no-secret");
  expect((await judged(message, stripe, { secrets: [empty, right] })).verdict.secretName).toBe(right.name);
});

describe("a token that is sent along", () => {
  const secret = { name: "the token", text: "tökén".padEnd(250, "x") };

  test.each([telegram, figma, gitlab])("is compared with each secret ($name)", async (scheme) => {
    const message = await signMessage(draftOf(scheme), scheme, secret, stampOf());
    const wrong = { name: "wrong", text: "wrong" };
    expect((await judged(message, scheme, { secrets: [wrong, secret] })).verdict).toEqual({
      kind: "verified",
      secretName: "the token",
    });
    expect((await judged(message, scheme, { secrets: [wrong] })).verdict.kind).toBe("mismatch");
  });
});

describe("a token beside a signature", () => {
  const token = { name: "token", text: "a-token" };
  const signing = { name: "signing", text: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" };

  test("is not fallen back to where the signature is wrong", async () => {
    const message = await signMessage(draftOf(gitlab), gitlab, signing, stampOf());
    const forged = {
      ...message,
      headers: [...setHeader(message.headers, "webhook-id", "other"), "X-Gitlab-Token", token.text],
    };
    expect((await judged(forged, gitlab, { secrets: [token, signing] })).verdict.kind).toBe("mismatch");
    expect((await judged(forged, gitlab, { secrets: [token] })).verdict.kind).toBe("no-secret");
    const garbled = { ...forged, headers: setHeader(forged.headers, "webhook-signature", "?") };
    expect((await judged(garbled, gitlab, { secrets: [token, signing] })).verdict.kind).toBe("malformed-header");
  });

  test("verifies where the signature holds", async () => {
    const message = await signMessage(draftOf(gitlab), gitlab, signing, stampOf());
    expect((await judged(message, gitlab, { secrets: [token, signing] })).verdict.secretName).toBe("signing");
    const stale = await judged(message, gitlab, { secrets: [signing], atMs: SIGNED_AT_MS + 400_000 });
    expect(stale.verdict.kind).toBe("stale");
  });

  test("alone verifies where it is right", async () => {
    const message = await signMessage(draftOf(gitlab), gitlab, token, stampOf());
    expect(withoutHeaders(message.headers, (name) => name === "x-gitlab-token")).toEqual(draftOf(gitlab).headers);
    expect((await judged(message, gitlab, { secrets: [signing, token] })).verdict.secretName).toBe("token");
  });
});
