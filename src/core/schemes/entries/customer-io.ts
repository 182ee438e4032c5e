import type { Scheme } from "../scheme.ts";

/** Version, time and body, as Slack writes them. */
export const customerIo: Scheme = {
  name: "customer-io",
  title: "Customer.io",
  source: "https://docs.customer.io/journeys/webhooks-action/",
  trust: "official",
  recognisedBy: { headers: ["x-cio-signature"] },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "v0:{ts}:{body}",
    headers: { "X-CIO-Timestamp": "{ts}", "X-CIO-Signature": "{sig}" },
    timestamp: { unit: "s" },
  },
  eventId: "b:event_id",
  eventType: "b:object_type+b:metric",
  ackBudgetMs: 4000,
};
