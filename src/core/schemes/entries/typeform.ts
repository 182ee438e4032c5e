import type { Scheme } from "../scheme.ts";

/** Base64 behind `sha256=`. */
export const typeform: Scheme = {
  name: "typeform",
  title: "Typeform",
  source: "https://www.typeform.com/developers/webhooks/secure-your-webhooks/",
  trust: "secondary",
  recognisedBy: { headers: ["typeform-signature"] },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "base64",
    key: "utf8",
    content: "{body}",
    headers: { "Typeform-Signature": "sha256={sig}" },
  },
  eventId: "b:event_id",
  eventType: "b:event_type",
};
