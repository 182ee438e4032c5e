import type { Scheme } from "../scheme.ts";

/** The body alone. */
export const coinbaseCommerce: Scheme = {
  name: "coinbase-commerce",
  title: "Coinbase Commerce",
  source: "https://docs.cdp.coinbase.com/commerce/api-arcitecture/webhooks-security",
  trust: "measured",
  recognisedBy: { headers: ["x-cc-webhook-signature"] },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{body}",
    headers: { "X-CC-Webhook-Signature": "{sig}" },
  },
  eventId: "b:event.id",
  eventType: "b:event.type",
  attempt: "b:attempt_number",
};
