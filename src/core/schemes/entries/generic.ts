import { combinedRule } from "../combined-rule.ts";
import type { Scheme } from "../scheme.ts";

/** What many home-made senders do, both forms at once: a dated signature and one of the body alone. Those that are there must all hold. */
export const generic: Scheme = {
  name: "generic",
  title: "Generic",
  source: "https://docs.stripe.com/webhooks#verify-manually",
  trust: "reference",
  signature: combinedRule(
    "all",
    {
      kind: "template",
      algorithm: "hmac-sha256",
      encoding: "hex",
      key: "utf8",
      content: "{ts}.{body}",
      headers: { "X-Webhook-Signature": "t={ts},v1={sig}", "X-Webhook-Timestamp": "{ts}" },
      separator: ",",
      timestamp: { unit: "s", toleranceMs: 300_000, refusesFuture: true },
    },
    {
      kind: "template",
      algorithm: "hmac-sha256",
      encoding: "hex",
      key: "utf8",
      content: "{body}",
      headers: { "X-Signature-256": "sha256={sig}" },
    },
  ),
  eventId: "h:x-event-id|b:id|b:event_id",
  eventType: "h:x-event-type|b:type|b:event_type|b:event",
  occurredAt: "b:created_at|b:created|b:timestamp",
  objectId: "b:data.object.id|b:data.id|b:data.order_id",
  headers: { "X-Event-ID": "{id}", "X-Event-Type": "{type}" },
};
