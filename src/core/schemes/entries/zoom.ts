import type { Scheme } from "../scheme.ts";

/** Its own library verifies its own form of the JSON, and looks at no age. */
export const zoom: Scheme = {
  name: "zoom",
  title: "Zoom",
  source: "https://developers.zoom.us/docs/api/webhooks/",
  trust: "measured",
  recognisedBy: { headers: ["x-zm-signature"] },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "v0:{ts}:{body}",
    headers: { "x-zm-request-timestamp": "{ts}", "x-zm-signature": "v0={sig}" },
    timestamp: { unit: "s" },
  },
  eventType: "b:event",
  occurredAt: "b:event_ts",
  objectId: "b:payload.object.id",
  handshake: "zoom",
  schedule: "zoom",
  ackBudgetMs: 3000,
  sdk: ["reserialises", "no-age-check"],
};
