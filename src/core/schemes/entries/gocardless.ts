import type { Scheme } from "../scheme.ts";

/** Several events come in one request. Standard Webhooks use the same header in another form. */
export const gocardless: Scheme = {
  name: "gocardless",
  title: "GoCardless",
  source: "https://developer.gocardless.com/getting-started/staying-up-to-date-with-webhooks",
  trust: "measured",
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{body}",
    headers: { "Webhook-Signature": "{sig}" },
  },
  eventId: "b:events.0.id",
  eventType: "b:events.0.resource_type+b:events.0.action",
  userAgent: "gocardless-webhook-service/1.1",
};
