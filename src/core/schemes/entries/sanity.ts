import type { Scheme } from "../scheme.ts";

/** Base64 for URLs. The time is in milliseconds, and its library looks at no age. */
export const sanity: Scheme = {
  name: "sanity",
  title: "Sanity",
  source: "https://github.com/sanity-io/webhook-toolkit",
  trust: "measured",
  recognisedBy: { headers: ["sanity-webhook-signature"] },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "base64url",
    key: "utf8",
    content: "{ts}.{body}",
    headers: { "sanity-webhook-signature": "t={ts},v1={sig}" },
    separator: ",",
    timestamp: { unit: "ms" },
  },
  eventId: "h:idempotency-key",
  eventType: "h:sanity-operation",
  headers: { "sanity-operation": "{type}", "idempotency-key": "{id}" },
  schedule: "sanity",
  sdk: ["no-age-check"],
  vectors: [
    {
      source: "https://github.com/sanity-io/webhook-toolkit",
      secret: "test",
      headers: ["sanity-webhook-signature", "t=1633519811129,v1=tLa470fx7qkLLEcMOcEUFuBbRSkGujyskxrNXcoh0N0"],
      body: '{"_id":"resume"}',
    },
  ],
};
