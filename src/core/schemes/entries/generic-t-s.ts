import type { Scheme } from "../scheme.ts";

/** Time and body, the time a second time in a header of its own. Its verifiers look at no age. */
export const genericTS: Scheme = {
  name: "generic-t-s",
  title: "X-Webhook-Signature: t=…,s=…",
  source: "https://docs.stripe.com/webhooks#verify-manually",
  trust: "reference",
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{ts}.{body}",
    headers: { "X-Webhook-Signature": "t={ts},s={sig}", "X-Webhook-Timestamp": "{ts}" },
    separator: ",",
    timestamp: { unit: "s" },
  },
  eventId: "b:id|b:event_id|h:x-event-id",
  eventType: "b:event|b:type|b:event_type|h:x-event-type",
  occurredAt: "b:created_at|b:created|b:timestamp",
  objectId: "b:data.object.id|b:data.id",
  sdk: ["no-age-check"],
};
