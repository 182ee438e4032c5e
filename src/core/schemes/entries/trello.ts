import type { Scheme } from "../scheme.ts";

/** Signs the callback address behind the body, with SHA-1; the key is the OAuth secret. */
export const trello: Scheme = {
  name: "trello",
  title: "Trello",
  source: "https://developer.atlassian.com/cloud/trello/guides/rest-api/webhooks/",
  trust: "secondary",
  recognisedBy: { headers: ["x-trello-webhook"] },
  signature: {
    kind: "template",
    algorithm: "hmac-sha1",
    encoding: "base64",
    key: "utf8",
    content: "{body}{url}",
    headers: { "X-Trello-Webhook": "{sig}" },
  },
  eventId: "b:action.id",
  eventType: "b:action.type",
  handshake: "trello",
};
