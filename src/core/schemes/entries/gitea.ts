import type { Scheme } from "../scheme.ts";

/** It sends the headers of GitHub and Gogs as well. */
export const gitea: Scheme = {
  name: "gitea",
  title: "Gitea",
  source: "https://docs.gitea.com/usage/repository/webhooks",
  trust: "official",
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{body}",
    headers: { "X-Gitea-Signature": "{sig}" },
  },
  eventId: "h:x-gitea-delivery",
  eventType: "h:x-gitea-event+b:action",
  headers: { "X-Gitea-Delivery": "{id}", "X-Gitea-Event": "{type}" },
};
