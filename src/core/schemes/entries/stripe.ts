import type { Scheme } from "../scheme.ts";

/** The key is the whole text, `whsec_` and all. A time in the future passes Stripe's own check. */
export const stripe: Scheme = {
  name: "stripe",
  title: "Stripe",
  source: "https://docs.stripe.com/webhooks#verify-manually",
  trust: "measured",
  recognisedBy: { headers: ["stripe-signature"] },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{ts}.{body}",
    headers: { "Stripe-Signature": "t={ts},v1={sig}" },
    separator: ",",
    timestamp: { unit: "s", toleranceMs: 300_000 },
  },
  eventId: "b:id",
  eventType: "b:type",
  occurredAt: "b:created",
  objectId: "b:data.object.id",
  userAgent: "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
  contentType: "application/json; charset=utf-8",
  schedule: "stripe",
  sdk: ["reads-text", "refuses-spaces"],
};
