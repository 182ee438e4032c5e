import type { Scheme } from "../scheme.ts";

/** The body alone under a header of the sender's own choice; in a configuration file the same is a scheme of one's own. */
export const genericEcomm: Scheme = {
  name: "generic-ecomm",
  title: "X-Ecomm-Signature",
  source: "https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries",
  trust: "reference",
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{body}",
    headers: { "X-Ecomm-Signature": "sha256={sig}" },
  },
  eventId: "b:event_id|b:id|b:data.order_id|b:data.id",
  eventType: "b:event_type",
  occurredAt: "b:created_at|b:created|b:timestamp",
  objectId: "b:data.order_id|b:data.id",
};
