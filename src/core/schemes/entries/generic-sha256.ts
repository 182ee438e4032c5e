import type { Scheme } from "../scheme.ts";

/** The body alone, in the form that GitHub made common. */
export const genericSha256: Scheme = {
  name: "generic-sha256",
  title: "X-Signature-256",
  source: "https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries",
  trust: "reference",
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{body}",
    headers: { "X-Signature-256": "sha256={sig}" },
  },
  eventId: "b:id|b:event_id|h:x-event-id",
  eventType: "b:type|b:event_type|b:event|h:x-event-type",
  occurredAt: "b:created_at|b:created|b:timestamp",
  objectId: "b:data.object.id|b:data.id",
};
