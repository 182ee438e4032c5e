import type { Scheme } from "../scheme.ts";

/** Two keys at a time, so that one can be changed. The id in the body stays over retries, the one in the header does not. */
export const box: Scheme = {
  name: "box",
  title: "Box",
  source: "https://developer.box.com/guides/webhooks/v2/signatures-v2",
  trust: "official",
  recognisedBy: { headers: ["box-signature-primary"] },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "base64",
    key: "utf8",
    content: "{body}{ts}",
    headers: { "BOX-DELIVERY-TIMESTAMP": "{ts}", "BOX-SIGNATURE-PRIMARY": "{sig}" },
    alsoIn: ["BOX-SIGNATURE-SECONDARY"],
    timestamp: { unit: "iso", toleranceMs: 600_000 },
  },
  eventId: "b:id",
  eventType: "b:trigger",
  headers: {
    "BOX-DELIVERY-ID": "{uuid}",
    "BOX-SIGNATURE-VERSION": "1",
    "BOX-SIGNATURE-ALGORITHM": "HmacSHA256",
  },
  userAgent: "Box-WH-Client/0.1",
};
