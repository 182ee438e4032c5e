import { describe, expect, test } from "vitest";
import { ageingSignature, hasOwnSignature, signedState, signerOf } from "../../../../src/app/replaying/signed-state.ts";
import type { HeaderPairs } from "../../../../src/core/model/headers.ts";
import { findScheme } from "../../../../src/core/schemes/known-schemes.ts";
import { MessageView } from "../../../../src/core/schemes/message-view.ts";
import type { Scheme } from "../../../../src/core/schemes/scheme.ts";
import { capturedRequest, SAMPLE_TIME_MS, sampleRequest, textBody } from "../../../helpers/samples.ts";

const HEX = "a".repeat(64);
const AT_S = Math.floor(SAMPLE_TIME_MS / 1000);
const STRIPE = ["Stripe-Signature", `t=${AT_S},v1=${HEX}`];
const NOBODY = { provider: undefined, schemes: [] };

describe("what a message carries", () => {
  test.each<[string, HeaderPairs, string]>([
    ["stripe", STRIPE, "signed"],
    ["stripe", [], "unsigned"],
    ["stripe", ["Stripe-Signature", "t=x"], "broken"],
    ["slack", ["X-Slack-Signature", `v0=${HEX}`], "broken"],
    ["gitlab", ["X-Gitlab-Token", "token"], "unsigned"],
    ["cloudevents", ["ce-id", "1"], "unsigned"],
    ["paypal", ["Paypal-Transmission-Sig", "x"], "unsignable"],
  ])("by %s with %j is %s", (name, headers, kind) => {
    expect(signedState(view(headers), scheme(name)).kind).toBe(kind);
  });

  test.each<[string, HeaderPairs, boolean, number | undefined]>([
    ["stripe", STRIPE, true, 300_000],
    ["github", ["X-Hub-Signature-256", `sha256=${HEX}`], false, undefined],
    ["hubspot", ["X-HubSpot-Signature", HEX, "X-HubSpot-Signature-Version", "v1"], false, undefined],
  ])("by %s ages or does not", (name, headers, isTimed, toleranceMs) => {
    expect(signedState(view(headers), scheme(name))).toMatchObject({ kind: "signed", isTimed, toleranceMs });
  });
});

describe("the signer of a stored request", () => {
  const looksLikeStripe = sampleRequest({ headers: STRIPE });

  test("is whom a person names, else who was found when it came, else who it looks like", () => {
    const found = { ...looksLikeStripe, event: { provider: "shop", scheme: "slack" } };
    const named = { provider: "github", schemes: [] };
    const signers = [signerOf(view(STRIPE), found, named), signerOf(view(STRIPE), found, NOBODY)];
    expect(signers.map((signer) => [signer?.provider, signer?.scheme?.name])).toEqual([
      ["github", "github"],
      ["shop", "slack"],
    ]);
    expect(signerOf(view(STRIPE), looksLikeStripe, NOBODY)?.scheme?.name).toBe("stripe");
  });

  test("of bytes that were no HTTP is nobody", () => {
    expect(signerOf(view(STRIPE), sampleRequest({ completeness: "malformed" }), NOBODY)).toBeUndefined();
  });
});

describe("a signature that ages", () => {
  test("is stale once it is older than handlers take", () => {
    const ageing = ageingSignature(sampleRequest({ headers: STRIPE }), NOBODY);
    expect(ageing).toMatchObject({ scheme: { name: "stripe" }, signedAtMs: AT_S * 1000, toleranceMs: 300_000 });
    expect([ageing?.isStaleAt(AT_S * 1000 + 299_000), ageing?.isStaleAt(AT_S * 1000 + 302_000)]).toEqual([false, true]);
  });

  test.each<[string, HeaderPairs]>([
    ["no signature", []],
    ["one without a time", ["X-GitHub-Event", "push", "X-Hub-Signature-256", `sha256=${HEX}`]],
    ["one whose handlers look at no age", ["x-zm-signature", `v0=${HEX}`, "x-zm-request-timestamp", String(AT_S)]],
  ])("is not %s", (_, headers) => {
    expect(ageingSignature(sampleRequest({ headers }), NOBODY)).toBeUndefined();
  });
});

describe("an edit gave a signature of its own", () => {
  const before = view(STRIPE);

  test.each<[string, HeaderPairs, string, boolean]>([
    ["changes the body alone", STRIPE, "other", false],
    ["writes another one", ["Stripe-Signature", `t=${AT_S},v1=${"b".repeat(64)}`], "{}", true],
    ["takes it out", [], "{}", true],
  ])("where it %s", (_, headers, body, isOwn) => {
    expect(hasOwnSignature(capturedRequest({ headers, body: textBody(body) }), before, scheme("stripe"))).toBe(isOwn);
  });

  test("not where the signature belongs into the body, and the new body has none", () => {
    const signed = `{"signature":{"timestamp":"${AT_S}","token":"t","signature":"${HEX}"}}`;
    const mailgun = scheme("mailgun");
    const original = new MessageView(capturedRequest({ body: textBody(signed) }));
    const edited = (body: string) => hasOwnSignature(capturedRequest({ body: textBody(body) }), original, mailgun);
    expect([edited("{}"), edited(signed), edited(signed.replace("aa", "bb"))]).toEqual([false, false, true]);
  });
});

function scheme(name: string): Scheme {
  const found = findScheme(name);
  if (!found) throw new Error(`no such scheme: ${name}`);
  return found;
}

function view(headers: HeaderPairs): MessageView {
  return new MessageView(capturedRequest({ headers }));
}
