import type { Scheme } from "../scheme.ts";

/** Several events come in one request. */
export const line: Scheme = {
  name: "line",
  title: "LINE",
  source: "https://developers.line.biz/en/docs/messaging-api/verify-webhook-signature/",
  trust: "measured",
  recognisedBy: { headers: ["x-line-signature"] },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "base64",
    key: "utf8",
    content: "{body}",
    headers: { "x-line-signature": "{sig}" },
  },
  eventId: "b:events.0.webhookEventId",
  eventType: "b:events.0.type",
  userAgent: "LineBotWebhook/2.0",
};
