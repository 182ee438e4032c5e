import type { Scheme } from "../scheme.ts";

/** The body alone, the event in headers. */
export const woocommerce: Scheme = {
  name: "woocommerce",
  title: "WooCommerce",
  source: "https://woocommerce.github.io/woocommerce-rest-api-docs/#webhooks",
  trust: "secondary",
  recognisedBy: { headers: ["x-wc-webhook-signature", "x-wc-webhook-topic"] },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "base64",
    key: "utf8",
    content: "{body}",
    headers: { "X-WC-Webhook-Signature": "{sig}" },
  },
  eventId: "h:x-wc-webhook-delivery-id",
  eventType: "h:x-wc-webhook-topic",
  headers: {
    "X-WC-Webhook-Source": "https://shop.example.com/",
    "X-WC-Webhook-Topic": "{type}",
    "X-WC-Webhook-ID": "1",
    "X-WC-Webhook-Delivery-ID": "{id}",
  },
  userAgent: "WooCommerce/7.4.0 Hookshot (WordPress/6.1.1)",
};
