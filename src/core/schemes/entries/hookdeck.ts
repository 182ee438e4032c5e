import type { Scheme } from "../scheme.ts";

/** Stands beside the signature of the original provider, whose the request is. */
export const hookdeck: Scheme = {
  name: "hookdeck",
  title: "Hookdeck",
  source: "https://hookdeck.com/docs/authentication",
  trust: "measured",
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "base64",
    key: "utf8",
    content: "{body}",
    headers: { "x-hookdeck-signature": "{sig}" },
    alsoIn: ["x-hookdeck-signature-2"],
  },
  eventId: "h:x-hookdeck-eventid",
  eventType: "b:type",
  attempt: "h:x-hookdeck-attempt-count",
  headers: { "x-hookdeck-eventid": "{id}", "x-hookdeck-attempt-count": "{attempt}" },
};
