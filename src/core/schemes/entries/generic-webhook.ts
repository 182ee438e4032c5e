import type { Scheme } from "../scheme.ts";

/** The body alone, with the event named in headers. */
export const genericWebhook: Scheme = {
  name: "generic-webhook",
  title: "X-Webhook-Signature: sha256=…",
  source: "https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries",
  trust: "reference",
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{body}",
    headers: { "X-Webhook-Signature": "sha256={sig}" },
  },
  eventId: "h:x-event-id|b:id|b:event_id",
  eventType: "h:x-event-type|b:type|b:event_type|b:event",
  occurredAt: "b:created_at|b:created|b:timestamp",
  objectId: "b:data.object.id|b:data.id|b:data.order_id",
  headers: { "X-Event-ID": "{id}", "X-Event-Type": "{type}" },
};
