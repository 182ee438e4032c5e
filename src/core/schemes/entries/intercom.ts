import type { Scheme } from "../scheme.ts";

/** Hashed with SHA-1. */
export const intercom: Scheme = {
  name: "intercom",
  title: "Intercom",
  source: "https://developers.intercom.com/docs/webhooks/",
  trust: "secondary",
  signature: {
    kind: "template",
    algorithm: "hmac-sha1",
    encoding: "hex",
    key: "utf8",
    content: "{body}",
    headers: { "X-Hub-Signature": "sha1={sig}" },
  },
  eventId: "b:id",
  eventType: "b:topic",
  occurredAt: "b:created_at",
  objectId: "b:data.item.id",
  attempt: "b:delivery_attempts",
};
