import type { Scheme } from "../scheme.ts";

/** Time and body. */
export const calendly: Scheme = {
  name: "calendly",
  title: "Calendly",
  source: "https://developer.calendly.com/api-docs/overview/webhooks/webhook-signatures",
  trust: "secondary",
  recognisedBy: { headers: ["calendly-webhook-signature"] },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{ts}.{body}",
    headers: { "Calendly-Webhook-Signature": "t={ts},v1={sig}" },
    separator: ",",
    timestamp: { unit: "s", toleranceMs: 180_000 },
  },
  eventType: "b:event",
};
