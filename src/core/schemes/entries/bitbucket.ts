import type { Scheme } from "../scheme.ts";

/** Signed only where the hook has a secret. Jira uses the same header. */
export const bitbucket: Scheme = {
  name: "bitbucket",
  title: "Bitbucket Cloud",
  source: "https://support.atlassian.com/bitbucket-cloud/docs/manage-webhooks/",
  trust: "official",
  recognisedBy: { headers: ["x-event-key"] },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{body}",
    headers: { "X-Hub-Signature": "sha256={sig}" },
  },
  eventId: "h:x-request-uuid",
  eventType: "h:x-event-key",
  attempt: "h:x-attempt-number",
  headers: {
    "X-Event-Key": "{type}",
    "X-Hook-UUID": "8f2a6f4c-63d4-4ae5-8b0d-7f0f3f6a1c55",
    "X-Request-UUID": "{id}",
    "X-Attempt-Number": "{attempt}",
    "X-Event-Time": "{now}",
  },
  userAgent: "Bitbucket-Webhooks/2.0",
  vectors: [
    {
      source: "https://support.atlassian.com/bitbucket-cloud/docs/manage-webhooks/",
      secret: "It's a Secret to Everybody",
      headers: ["X-Hub-Signature", "sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9"],
      body: "Hello World!",
    },
  ],
};
