import type { Scheme } from "../scheme.ts";

/** The body alone. */
export const razorpay: Scheme = {
  name: "razorpay",
  title: "Razorpay",
  source: "https://razorpay.com/docs/webhooks/validate-test/",
  trust: "measured",
  recognisedBy: { headers: ["x-razorpay-signature"] },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{body}",
    headers: { "X-Razorpay-Signature": "{sig}" },
  },
  eventId: "h:x-razorpay-event-id",
  eventType: "b:event",
  headers: { "x-razorpay-event-id": "{id}" },
};
