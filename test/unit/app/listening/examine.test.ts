import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { examine, type SignatureOptions } from "../../../../src/app/listening/examine.ts";
import type { CapturedRequest } from "../../../../src/core/model/request.ts";
import { parseTarget } from "../../../../src/core/model/target.ts";
import { capturedRequest, SAMPLE_TIME_MS, spooledBody, textBody } from "../../../helpers/samples.ts";

const PAID = '{"id":"evt_1","type":"invoice.paid"}';
const stripe = { name: "HOOKCLI_SECRET_STRIPE", text: "whsec_1", provider: "stripe" };

describe("a request is judged", () => {
  test("by the secrets of its sender, and by when it arrived", async () => {
    const request = signedByStripe(SAMPLE_TIME_MS - 3000);
    expect(await verdictOn(request, { secrets: [stripe] })).toEqual({
      kind: "verified",
      signedAtMs: SAMPLE_TIME_MS - 3089,
      secretName: "HOOKCLI_SECRET_STRIPE",
    });
    expect(await verdictOn(signedByStripe(SAMPLE_TIME_MS - 400_000), { secrets: [stripe] })).toMatchObject({
      kind: "stale",
    });
    expect(await verdictOn(request, { secrets: [{ ...stripe, provider: "slack" }] })).toMatchObject({
      kind: "no-secret",
    });
    expect(await verdictOn(request, { secrets: [{ ...stripe, text: "whsec_2" }] })).toMatchObject({ kind: "mismatch" });
  });

  test("at once where its body is in memory, and later where it lies in a file", async () => {
    const request = signedByStripe(SAMPLE_TIME_MS);
    const options = optionsOf({ secrets: [stripe] });
    expect(examine(request, options)).not.toBeInstanceOf(Promise);
    const later = examine({ ...request, body: spooledBody(PAID) }, options);
    expect(later).toBeInstanceOf(Promise);
    expect((await later).event).toMatchObject({
      provider: "stripe",
      eventId: undefined,
      verdict: { kind: "verified" },
    });
  });

  test("as one that should be signed where a secret was named for its sender, or a sender for all", async () => {
    const bare = capturedRequest({ headers: ["X-GitHub-Event", "push"] });
    const secret = { name: "--secret", text: "a" };
    expect(await verdictOn(bare, { secrets: [secret] })).toEqual({ kind: "unsigned", signedAtMs: undefined });
    expect(await verdictOn(bare, { secrets: [{ ...secret, provider: "github" }] })).toMatchObject({
      kind: "missing-header",
    });
    const plain = capturedRequest();
    expect(await verdictOn(plain, { provider: "github", secrets: [secret] })).toMatchObject({ kind: "missing-header" });
    expect(await verdictOn(plain, { provider: "github" })).toMatchObject({ kind: "unsigned" });
  });

  test("under the public address, where the sender signs it", async () => {
    const url = "https://shop.example.test/square/hooks";
    const signature = createHmac("sha256", "sq")
      .update(url + PAID)
      .digest("base64");
    const request = capturedRequest({
      headers: ["Host", "a", "X-Square-HmacSha256-Signature", signature],
      body: textBody(PAID),
    });
    const secrets = [{ name: "--secret", text: "sq" }];
    const publicUrl = parseTarget("https://shop.example.test/square", "--public-url");
    expect(await verdictOn(request, { secrets, publicUrl })).toMatchObject({ kind: "verified" });
    expect(await verdictOn(request, { secrets })).toMatchObject({ kind: "mismatch" });
    const forwarded = {
      ...request,
      target: "/square/hooks",
      headers: [...request.headers, "X-Forwarded-Host", "shop.example.test"],
    };
    expect(await verdictOn(forwarded, { secrets })).toMatchObject({ kind: "verified" });
  });

  test("only where it is whole", async () => {
    const request = signedByStripe(SAMPLE_TIME_MS);
    for (const completeness of ["truncated", "partial"] as const) {
      const { event } = await examine({ ...request, completeness }, optionsOf({ secrets: [stripe] }));
      expect(event).toMatchObject({ provider: "stripe", eventId: "evt_1" });
      expect(event.verdict).toBeUndefined();
    }
    const malformed = await examine({ ...request, completeness: "malformed" }, optionsOf({ secrets: [stripe] }));
    expect([malformed.event, malformed.handshake()]).toEqual([{}, undefined]);
  });

  test("as unsigned where nobody knows it, and as not judged where only its sender's name is known", async () => {
    expect(await verdictOn(capturedRequest(), {})).toEqual({ kind: "unsigned" });
    expect(await verdictOn(capturedRequest({ headers: ["X-Okta-Verification-Challenge", "a"] }), {})).toEqual({
      kind: "unjudged",
    });
  });
});

test("the time that a provider waits is its own, or ten seconds", async () => {
  const budget = async (...headers: string[]) =>
    (await examine(capturedRequest({ headers }), optionsOf({}))).ackBudgetMs;
  expect([await budget("X-Slack-Signature", "v0=a"), await budget()]).toEqual([3000, 10_000]);
});

test("a handshake is worked out when it is asked for", async () => {
  const body = textBody('{"token":"a","challenge":"3eZ","type":"url_verification"}');
  const asked = (await examine(capturedRequest({ body }), optionsOf({}))).handshake();
  expect(asked).toMatchObject({ name: "slack", reply: { status: 200, body: "3eZ" } });
  expect((await examine(capturedRequest(), optionsOf({}))).handshake()).toBeUndefined();
});

async function verdictOn(request: CapturedRequest, options: Partial<SignatureOptions>) {
  return (await examine(request, optionsOf(options))).event.verdict;
}

function optionsOf(options: Partial<SignatureOptions>): SignatureOptions {
  return { secrets: [], schemes: [], answersHandshakes: false, ...options };
}

function signedByStripe(atMs: number): CapturedRequest {
  const seconds = Math.floor(atMs / 1000);
  const sig = createHmac("sha256", "whsec_1").update(`${seconds}.${PAID}`).digest("hex");
  return capturedRequest({ headers: ["Stripe-Signature", `t=${seconds},v1=${sig}`], body: textBody(PAID) });
}
