import type { Scheme } from "../scheme.ts";

/** One header for each key that is in use. */
export const docusign: Scheme = {
  name: "docusign",
  title: "DocuSign Connect",
  source: "https://developers.docusign.com/platform/webhooks/connect/hmac/",
  trust: "secondary",
  recognisedBy: { headers: Array.from({ length: 9 }, (_, index) => `x-docusign-signature-${index + 1}`) },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "base64",
    key: "utf8",
    content: "{body}",
    headers: { "X-DocuSign-Signature-{n}": "{sig}" },
  },
  eventType: "b:event",
  attempt: "b:retryCount",
  attemptsFrom: 0,
};
