import { expect, test } from "vitest";
import { claimsOf } from "../../../../../src/core/schemes/explain/claims.ts";
import { MessageView } from "../../../../../src/core/schemes/message-view.ts";
import { ruleOf } from "../../../../../src/core/schemes/template-rule.ts";
import { hmacHex, schemeNamed, stripeMessage } from "../../../../helpers/explained.ts";

const sig = hmacHex("a");

function claims(headers: readonly string[], name = "stripe", time?: string): unknown[] {
  const scheme = schemeNamed(name);
  const rule = ruleOf(scheme);
  if (!rule) throw new Error("no rule");
  return claimsOf(new MessageView(stripeMessage({ headers })), scheme, rule, time).map((claim) => [
    claim.rule.describes,
    claim.timestamp,
    claim.readings.map(({ mutations }) => mutations.map(({ mutation }) => mutation.name).join()),
  ]);
}

test("signatures of one time are one claim", () => {
  const other = hmacHex("b");
  expect(claims(["Stripe-Signature", `t=5,v1=${sig},v1=${other}`])).toEqual([["{ts}.{body}", "5", ["", ""]]]);
});

test("where nothing can be read there is one all the same, with the time that was found elsewhere", () => {
  expect(claims(["X-Other", sig], "stripe", "7")).toEqual([["{ts}.{body}", "7", ["other-header"]]]);
  expect(claims(["X-Other", sig], "github", "7")).toEqual([["{body}", undefined, ["other-header"]]]);
});

test("a header that cannot be read is the scheme's own still", () => {
  expect(claims(["Stripe-Signature", `t=5,v2=${sig}`], "stripe", "5")).toEqual([
    ["{ts}.{body}", "5", ["signature-prefix"]],
  ]);
});

test("two kinds of signature are two claims, each with its rule", () => {
  const headers = [
    "X-Webhook-Signature",
    `t=5,v1=${sig}`,
    "X-Webhook-Timestamp",
    "5",
    "X-Signature-256",
    `sha256=${hmacHex("b")}`,
  ];
  expect(claims(headers, "generic").map((claim) => (claim as unknown[])[0])).toEqual(["{ts}.{body}", "{body}"]);
});

test("counted headers are all the scheme's own", () => {
  const base64 = Buffer.from(sig, "hex").toString("base64");
  expect(claims(["X-DocuSign-Signature-2", base64.replace("=", "")], "docusign")).toEqual([
    ["{body}", undefined, ["signature-encoding"]],
  ]);
});
