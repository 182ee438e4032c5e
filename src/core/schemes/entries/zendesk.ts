import type { Scheme } from "../scheme.ts";

/** The time is written in ISO 8601. The secret is the key as it is, though it looks like base64. */
export const zendesk: Scheme = {
  name: "zendesk",
  title: "Zendesk",
  source: "https://developer.zendesk.com/documentation/webhooks/verifying/",
  trust: "quoted",
  recognisedBy: { headers: ["x-zendesk-webhook-signature", "x-zendesk-webhook-id"] },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "base64",
    key: "utf8",
    content: "{ts}{body}",
    headers: { "X-Zendesk-Webhook-Signature-Timestamp": "{ts}", "X-Zendesk-Webhook-Signature": "{sig}" },
    timestamp: { unit: "iso" },
  },
  eventId: "h:x-zendesk-webhook-invocation-id",
  eventType: "b:type",
  headers: {
    "X-Zendesk-Account-Id": "123456",
    "X-Zendesk-Webhook-Id": "01GAHG87XM8TJ0GQ9YGJD4Q3KX",
    "X-Zendesk-Webhook-Invocation-Id": "{id}",
  },
  schedule: "zendesk",
};
