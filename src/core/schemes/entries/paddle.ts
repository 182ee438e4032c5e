import type { Scheme } from "../scheme.ts";

/** Paddle Billing. Its own library gives up after five seconds, and reads the last of several signatures. */
export const paddle: Scheme = {
  name: "paddle",
  title: "Paddle",
  source: "https://developer.paddle.com/webhooks/about/signature-verification",
  trust: "measured",
  recognisedBy: { headers: ["paddle-signature"] },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{ts}:{body}",
    headers: { "Paddle-Signature": "ts={ts};h1={sig}" },
    separator: ";",
    timestamp: { unit: "s", toleranceMs: 5000 },
  },
  eventId: "b:event_id",
  eventType: "b:event_type",
  occurredAt: "b:occurred_at",
  objectId: "b:data.id",
  headers: { "Paddle-Version": "1" },
  userAgent: "Paddle",
  schedule: "paddle",
  ackBudgetMs: 5000,
  sdk: ["last-signature-only"],
};
