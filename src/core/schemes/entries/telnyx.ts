import type { Scheme } from "../scheme.ts";

/** The secret is the public key of the account, for sending a private one. */
export const telnyx: Scheme = {
  name: "telnyx",
  title: "Telnyx",
  source: "https://developers.telnyx.com/development/api-fundamentals/webhooks/receiving-webhooks",
  trust: "measured",
  recognisedBy: { headers: ["telnyx-signature-ed25519"] },
  signature: {
    kind: "template",
    algorithm: "ed25519",
    encoding: "base64",
    key: "ed25519",
    content: "{ts}|{body}",
    headers: { "telnyx-timestamp": "{ts}", "telnyx-signature-ed25519": "{sig}" },
    timestamp: { unit: "s", toleranceMs: 300_000, refusesFuture: true },
  },
  eventId: "b:data.id",
  eventType: "b:data.event_type",
  userAgent: "telnyx-webhooks",
};
