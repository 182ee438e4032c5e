import type { Scheme } from "../scheme.ts";

/** It sends the headers of Gitea, Gogs and GitHub as well. */
export const forgejo: Scheme = {
  name: "forgejo",
  title: "Forgejo",
  source: "https://forgejo.org/docs/latest/user/webhooks/",
  trust: "official",
  recognisedBy: { headers: ["x-forgejo-event"] },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{body}",
    headers: { "X-Forgejo-Signature": "{sig}" },
  },
  eventId: "h:x-forgejo-delivery",
  eventType: "h:x-forgejo-event+b:action",
  headers: { "X-Forgejo-Delivery": "{id}", "X-Forgejo-Event": "{type}" },
};
