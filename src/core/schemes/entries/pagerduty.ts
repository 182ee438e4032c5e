import type { Scheme } from "../scheme.ts";

/** The third version of its webhooks. */
export const pagerduty: Scheme = {
  name: "pagerduty",
  title: "PagerDuty",
  source: "https://developer.pagerduty.com/docs/webhooks/webhook-signatures/",
  trust: "secondary",
  recognisedBy: { headers: ["x-pagerduty-signature"] },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{body}",
    headers: { "X-PagerDuty-Signature": "v1={sig}" },
    separator: ",",
  },
  eventId: "b:event.id",
  eventType: "b:event.event_type",
  occurredAt: "b:event.occurred_at",
  objectId: "b:event.data.id",
  headers: { "X-Webhook-Subscription": "PXXXXXX" },
  userAgent: "PagerDuty-Webhook/V3.0",
};
