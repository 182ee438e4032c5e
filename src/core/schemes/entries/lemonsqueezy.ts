import type { Scheme } from "../scheme.ts";

/** The body alone. */
export const lemonsqueezy: Scheme = {
  name: "lemonsqueezy",
  title: "Lemon Squeezy",
  source: "https://docs.lemonsqueezy.com/help/webhooks/signing-requests",
  trust: "secondary",
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{body}",
    headers: { "X-Signature": "{sig}" },
  },
  eventType: "h:x-event-name|b:meta.event_name",
  headers: { "X-Event-Name": "{type}" },
  schedule: "lemonsqueezy",
};
