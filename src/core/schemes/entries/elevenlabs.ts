import type { Scheme } from "../scheme.ts";

/** Time and body. */
export const elevenlabs: Scheme = {
  name: "elevenlabs",
  title: "ElevenLabs",
  source: "https://elevenlabs.io/docs/eleven-agents/workflows/post-call-webhooks",
  trust: "secondary",
  recognisedBy: { headers: ["elevenlabs-signature"] },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{ts}.{body}",
    headers: { "ElevenLabs-Signature": "t={ts},v0={sig}" },
    separator: ",",
    timestamp: { unit: "s", toleranceMs: 1_800_000 },
  },
  eventType: "b:type",
};
