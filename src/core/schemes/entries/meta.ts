import { askedWith } from "../recognised-by.ts";
import type { Scheme } from "../scheme.ts";

/** WhatsApp, Messenger, Instagram and Facebook. Meta writes non-ASCII as \u escapes before it signs; the bytes that arrive are those. */
export const meta: Scheme = {
  name: "meta",
  title: "Meta",
  source: "https://developers.facebook.com/docs/graph-api/webhooks/getting-started",
  trust: "quoted",
  recognisedBy: {
    // WebSub and Strava ask with the same words.
    query: askedWith("hub.challenge", "facebook"),
  },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{body}",
    headers: { "X-Hub-Signature-256": "sha256={sig}" },
  },
  eventId:
    "b:entry.0.changes.0.value.messages.0.id|b:entry.0.changes.0.value.statuses.0.id|b:entry.0.messaging.0.message.mid",
  eventType: "b:object+b:entry.0.changes.0.field",
  userAgent: "facebookexternalua",
  handshake: "meta",
};
