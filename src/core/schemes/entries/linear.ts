import type { Scheme } from "../scheme.ts";

/** The time that counts stands inside the body; the one in the header is not looked at. */
export const linear: Scheme = {
  name: "linear",
  title: "Linear",
  source: "https://linear.app/developers/webhooks#securing-webhooks",
  trust: "measured",
  recognisedBy: { headers: ["linear-signature", "linear-delivery"] },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{body}",
    headers: { "Linear-Signature": "{sig}", "Linear-Timestamp": "{ts}" },
    timestamp: { unit: "ms", toleranceMs: 60_000, refusesFuture: true, place: "b:webhookTimestamp" },
  },
  eventId: "h:linear-delivery",
  eventType: "b:type+b:action",
  occurredAt: "b:createdAt",
  objectId: "b:data.id",
  headers: { "Linear-Delivery": "{id}", "Linear-Event": "{type}" },
  userAgent: "Linear-Webhook",
  schedule: "linear",
  ackBudgetMs: 5000,
};
