import type { Scheme } from "../scheme.ts";

/** Recognised only. */
export const paypal: Scheme = {
  name: "paypal",
  title: "PayPal",
  source: "https://developer.paypal.com/api/rest/webhooks/rest/",
  trust: "official",
  recognisedBy: { headers: ["paypal-transmission-sig"] },
  signature: { kind: "unjudged", why: "the certificate that PAYPAL-CERT-URL names, which only the network has" },
  eventId: "b:id",
  eventType: "b:event_type",
  occurredAt: "b:create_time",
  objectId: "b:resource.id",
  schedule: "paypal",
};
