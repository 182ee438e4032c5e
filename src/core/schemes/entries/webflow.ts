import type { Scheme } from "../scheme.ts";

/** Time and body; its library looks at no age. */
export const webflow: Scheme = {
  name: "webflow",
  title: "Webflow",
  source: "https://developers.webflow.com/data/docs/working-with-webhooks",
  trust: "measured",
  recognisedBy: { headers: ["x-webflow-signature"] },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{ts}:{body}",
    headers: { "x-webflow-timestamp": "{ts}", "x-webflow-signature": "{sig}" },
    timestamp: { unit: "ms" },
  },
  eventType: "b:triggerType",
  sdk: ["no-age-check"],
};
