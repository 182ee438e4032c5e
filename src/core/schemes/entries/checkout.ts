import type { Scheme } from "../scheme.ts";

/** The body alone. */
export const checkout: Scheme = {
  name: "checkout",
  title: "Checkout.com",
  source: "https://www.checkout.com/docs/developer-resources/webhooks/manage-webhooks",
  trust: "secondary",
  recognisedBy: { headers: ["cko-signature", "cko-correlation-id"] },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{body}",
    headers: { "Cko-Signature": "{sig}" },
  },
  eventId: "b:id",
  eventType: "b:type",
};
