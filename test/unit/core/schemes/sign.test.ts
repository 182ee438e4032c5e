import { describe, expect, test } from "vitest";
import { headerValue } from "../../../../src/core/model/headers.ts";
import { discord } from "../../../../src/core/schemes/entries/discord.ts";
import { figma } from "../../../../src/core/schemes/entries/figma.ts";
import { gitlab } from "../../../../src/core/schemes/entries/gitlab.ts";
import { linear } from "../../../../src/core/schemes/entries/linear.ts";
import { paypal } from "../../../../src/core/schemes/entries/paypal.ts";
import { stripe } from "../../../../src/core/schemes/entries/stripe.ts";
import { canSign, signMessage } from "../../../../src/core/schemes/sign.ts";
import { draftOf, secretsOf, signed, SIGNED_AT_MS, stampOf } from "../../../contracts/signed-messages.ts";

test("every scheme can be signed for that needs nothing from elsewhere", () => {
  expect([stripe, figma, gitlab, discord].every(canSign)).toBe(true);
  expect(canSign(paypal)).toBe(false);
});

test("a scheme that cannot be signed for leaves a message as it is", async () => {
  const { headers, body } = draftOf(paypal);
  expect(await signMessage(draftOf(paypal), paypal, secretsOf(paypal)[0], stampOf())).toMatchObject({ headers, body });
});

test("the signature stands behind the headers that were there, or in the place of an older one", async () => {
  const once = await signed(stripe);
  expect(once.headers.slice(0, -2)).toEqual(draftOf(stripe).headers);
  const odd = await signed(stripe, { headers: ["stripe-signature", "old", "Host", "a"] });
  expect(odd.headers).toEqual(["stripe-signature", once.headers.at(-1), "Host", "a"]);
});

test("a time inside the body is written anew, before it is signed", async () => {
  const { body } = await signed(linear);
  const text = body.kind === "bytes" ? Buffer.from(body.bytes).toString() : "";
  expect(JSON.parse(text)).toMatchObject({ webhookTimestamp: SIGNED_AT_MS, amount: 1000 });
});

describe("a secret that cannot sign", () => {
  test("is refused with the reason, and never shown", async () => {
    const secret = { name: "HOOKCLI_SECRET", text: "whsec_geheim" };
    const error: unknown = await signMessage(draftOf(discord), discord, secret, stampOf()).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: "BAD_SECRET", details: { name: "HOOKCLI_SECRET", provider: "discord" } });
    expect(String(error)).not.toContain("geheim");
  });

  test("may be the public half of a pair", async () => {
    const text = `whpk_${Buffer.from("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "hex").toString("base64")}`;
    await expect(signMessage(draftOf(discord), discord, { name: "it", text }, stampOf())).rejects.toThrow("public key");
  });
});

describe("a token", () => {
  test("is sent as UTF-8", async () => {
    const { headers } = await signMessage(draftOf(gitlab), gitlab, { name: "", text: "é" }, stampOf());
    expect(headerValue(headers, "x-gitlab-token")).toBe("Ã©");
  });

  test("in the body leaves the rest of it", async () => {
    const { body, headers } = await signMessage(draftOf(figma), figma, { name: "", text: "code" }, stampOf());
    const text = body.kind === "bytes" ? Buffer.from(body.bytes).toString() : "";
    expect(text).toContain('"passcode":"code"');
    expect(headers).toEqual(draftOf(figma).headers);
  });

  test("that is for signing signs", async () => {
    const secret = { name: "", text: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" };
    const { headers } = await signMessage(draftOf(gitlab), gitlab, secret, stampOf());
    expect(headerValue(headers, "webhook-signature")).toMatch(/^v1,/);
    expect(headerValue(headers, "x-gitlab-token")).toBeUndefined();
  });
});
