import type { Scheme } from "../scheme.ts";

/** The body alone. */
export const launchdarkly: Scheme = {
  name: "launchdarkly",
  title: "LaunchDarkly",
  source: "https://launchdarkly.com/docs/api/webhooks",
  trust: "official",
  recognisedBy: { headers: ["x-ld-signature"] },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{body}",
    headers: { "X-LD-Signature": "{sig}" },
  },
  eventId: "b:_id",
  eventType: "b:kind",
};
