import type { Scheme } from "../scheme.ts";

/** Time and body. A time in the future passes its own check. */
export const mux: Scheme = {
  name: "mux",
  title: "Mux",
  source: "https://www.mux.com/docs/core/verify-webhook-signatures",
  trust: "measured",
  recognisedBy: { headers: ["mux-signature"] },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{ts}.{body}",
    headers: { "Mux-Signature": "t={ts},v1={sig}" },
    separator: ",",
    timestamp: { unit: "s", toleranceMs: 300_000 },
  },
  eventId: "b:id",
  eventType: "b:type",
};
