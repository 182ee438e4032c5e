import type { Scheme } from "../scheme.ts";

/** Its own library verifies its own form of the JSON. The time is in milliseconds. */
export const workos: Scheme = {
  name: "workos",
  title: "WorkOS",
  source: "https://workos.com/docs/events/data-syncing/webhooks",
  trust: "measured",
  recognisedBy: { headers: ["workos-signature"] },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{ts}.{body}",
    headers: { "WorkOS-Signature": "t={ts}, v1={sig}" },
    separator: ",",
    timestamp: { unit: "ms", toleranceMs: 180_000 },
  },
  eventId: "b:id",
  eventType: "b:event",
  sdk: ["reserialises"],
};
