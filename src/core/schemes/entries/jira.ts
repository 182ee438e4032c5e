import type { Scheme } from "../scheme.ts";

/** The header is that of Bitbucket. */
export const jira: Scheme = {
  name: "jira",
  title: "Jira",
  source: "https://developer.atlassian.com/cloud/jira/platform/webhooks/",
  trust: "secondary",
  recognisedBy: { headers: ["x-atlassian-webhook-identifier"] },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{body}",
    headers: { "X-Hub-Signature": "sha256={sig}" },
  },
  eventId: "h:x-atlassian-webhook-identifier",
  eventType: "b:webhookEvent",
  headers: { "X-Atlassian-Webhook-Identifier": "{id}" },
};
