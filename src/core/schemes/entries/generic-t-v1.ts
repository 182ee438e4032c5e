import type { Scheme } from "../scheme.ts";

/** Time and body in the form that Stripe made common. */
export const genericTV1: Scheme = {
  name: "generic-t-v1",
  title: "X-Webhook-Signature: t=…,v1=…",
  source: "https://docs.stripe.com/webhooks#verify-manually",
  trust: "reference",
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{ts}.{body}",
    headers: { "X-Webhook-Signature": "t={ts},v1={sig}" },
    separator: ",",
    timestamp: { unit: "s", toleranceMs: 300_000, refusesFuture: true },
  },
  eventId: "h:x-event-id|b:id|b:event_id",
  eventType: "h:x-event-type|b:type|b:event_type|b:event",
  occurredAt: "b:created_at|b:created|b:timestamp",
  objectId: "b:data.object.id|b:data.id|b:data.order_id",
  headers: { "X-Event-ID": "{id}", "X-Event-Type": "{type}" },
};
