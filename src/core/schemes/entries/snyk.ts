import type { Scheme } from "../scheme.ts";

/** The header is that of Bitbucket and Jira. */
export const snyk: Scheme = {
  name: "snyk",
  title: "Snyk",
  source: "https://docs.snyk.io/snyk-api/using-specific-snyk-apis/webhooks-apis/validating-payloads",
  trust: "secondary",
  recognisedBy: { headers: ["x-snyk-event"] },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{body}",
    headers: { "X-Hub-Signature": "sha256={sig}" },
  },
  eventId: "h:x-snyk-transport-id",
  eventType: "h:x-snyk-event",
  headers: { "X-Snyk-Event": "{type}", "X-Snyk-Transport-ID": "{id}" },
};
