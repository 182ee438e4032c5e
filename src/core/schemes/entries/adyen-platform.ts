import type { Scheme } from "../scheme.ts";

/** The newer webhooks of platforms and management; the classic ones are signed inside the body. */
export const adyenPlatform: Scheme = {
  name: "adyen-platform",
  title: "Adyen, platforms and management",
  source: "https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures",
  trust: "measured",
  recognisedBy: { headers: ["hmacsignature"] },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "base64",
    key: "hex",
    content: "{body}",
    headers: { HmacSignature: "{sig}" },
  },
  eventType: "b:type",
  headers: { Protocol: "HmacSHA256" },
  userAgent: "Adyen HttpClient 1.0",
  schedule: "adyen",
  ackBudgetMs: 10_000,
};
