import type { Scheme } from "../scheme.ts";

/** Signs the address of the notification before the body. A retry is sent with the same bytes and the same signature. */
export const square: Scheme = {
  name: "square",
  title: "Square",
  source: "https://developer.squareup.com/docs/webhooks/step3validate",
  trust: "measured",
  recognisedBy: { headers: ["x-square-hmacsha256-signature", "square-environment"] },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "base64",
    key: "utf8",
    content: "{url}{body}",
    headers: { "x-square-hmacsha256-signature": "{sig}" },
  },
  eventId: "b:event_id",
  eventType: "b:type",
  occurredAt: "b:created_at",
  objectId: "b:data.id",
  attempt: "h:square-retry-number",
  attemptsFrom: 0,
  headers: { "square-environment": "Sandbox", "square-initial-delivery-timestamp": "{now}" },
  schedule: "square",
  vectors: [
    {
      source: "https://github.com/square/square-nodejs-sdk",
      secret: "Ibxx_5AKakO-3qeNVR61Dw",
      headers: ["x-square-hmacsha256-signature", "GF4YkrJgGBDZ9NIYbNXBnMzqb2HoL4RW/S6vkZ9/2N4="],
      body: '{"merchant_id":"MLEFBHHSJGVHD","type":"webhooks.test_notification","event_id":"ac3ac95b-f97d-458c-a6e6-18981597e05f","created_at":"2022-07-13T20:30:59.037339943Z","data":{"type":"webhooks","id":"bc368e64-01aa-407e-b46e-3231809b1129"}}',
      url: "https://webhook.site/679a4f3a-dcfa-49ee-bac5-9d0edad886b9",
    },
  ],
};
