import { expect, test } from "vitest";
import { contentsOf } from "../../../../../src/core/schemes/explain/hypothesis-content.ts";
import type { Hypothesis } from "../../../../../src/core/schemes/explain/mutation.ts";
import { BODY, hypothesisFor, sceneFor, stripeMessage } from "../../../../helpers/explained.ts";
import { textBody } from "../../../../helpers/samples.ts";

const headers = ["Host", "shop.test", "Stripe-Signature", `t=1772600767,v1=${"0".repeat(64)}`, "X-Request-Id", "r_1"];
const scene = sceneFor(stripeMessage({ headers }));

function written(changes: Partial<Hypothesis>): readonly string[] {
  return contentsOf(hypothesisFor(scene, changes), scene).map((content) =>
    content.map((part) => (part === "body" ? "{body}" : Buffer.from(part).toString())).join(""),
  );
}

test("a rule says itself what it signs, with the time of the hypothesis", () => {
  expect(written({})).toEqual(["1772600767.{body}"]);
  expect(written({ timestamp: "5" })).toEqual(["5.{body}"]);
  expect(written({ timestamp: undefined })).toEqual([]);
});

test("a template is filled with what the request has", () => {
  expect(written({ content: "v0:{ts}:{body}" })).toEqual(["v0:1772600767:{body}"]);
  expect(written({ content: "{method}{url}{path}{secret}", url: "https://a.test/b?c" })).toEqual([
    "POSThttps://a.test/b?c/b?cwhsec_test_3f9a8c",
  ]);
  expect(written({ content: "{path}", url: "https://a.test" })).toEqual(["/"]);
});

test("each text that may be the event's id is one of its own", () => {
  expect(written({ content: "{id}.{body}" })).toEqual(["evt_1.{body}", "r_1.{body}"]);
});

test("what is missing leaves no content", () => {
  const bare = sceneFor({ method: "POST", target: "/", headers: [], body: textBody("hi") }, "github");
  expect(contentsOf(hypothesisFor(bare, { content: "{ts}.{body}" }), bare)).toEqual([]);
  expect(contentsOf(hypothesisFor(bare, { content: "{id}.{body}" }), bare)).toEqual([]);
});

test("rules that look into the body see the one of the hypothesis", () => {
  const form = ["Host", "shop.test", "Content-Type", "application/x-www-form-urlencoded", "X-Twilio-Signature", "x"];
  const sms = sceneFor({ method: "POST", target: "/", headers: form, body: textBody("b=2&a=1") }, "twilio");
  const contents = contentsOf(hypothesisFor(sms, { body: Buffer.from("a=7"), url: "https://a.test/" }), sms);
  expect(contents.map((content) => Buffer.concat(content as readonly Uint8Array[]).toString())).toContain(
    "https://a.test/a7",
  );
  expect(BODY).not.toBe("");
});
