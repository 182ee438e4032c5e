import * as v from "valibot";
import { expect, test } from "vitest";
import { providerToJson } from "../../../../src/core/wire/provider-json.ts";
import { providerShapes } from "../../../../src/core/wire/shapes/provider-shapes.ts";
import { stripe } from "../../../../src/core/schemes/entries/stripe.ts";
import { schemes } from "../../../../src/core/schemes/index.ts";

const facts = { isOwn: false, secretNames: ["HOOKCLI_SECRET"], variable: "HOOKCLI_SECRET_X" };

test.each(schemes)("$name has the documented shape, all of it and no more", (scheme) => {
  const json = providerToJson({ scheme, ...facts });
  expect(v.parse(providerShapes.provider, json)).toEqual(json);
});

test("a signature is told with its parts", () => {
  expect(providerToJson({ scheme: stripe, ...facts })).toMatchObject({
    name: "stripe",
    signature: {
      kind: "template",
      algorithm: "hmac-sha256",
      content: "{ts}.{body}",
      headers: [["Stripe-Signature", "t={ts},v1={sig}"]],
      unit: "s",
      toleranceMs: 300_000,
    },
    secrets: ["HOOKCLI_SECRET"],
  });
});
