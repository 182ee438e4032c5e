import type { Scheme } from "../scheme.ts";

/** The oldest of its family. */
export const gogs: Scheme = {
  name: "gogs",
  title: "Gogs",
  source: "https://github.com/gogs/gogs",
  trust: "code",
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{body}",
    headers: { "X-Gogs-Signature": "{sig}" },
  },
  eventId: "h:x-gogs-delivery",
  eventType: "h:x-gogs-event+b:action",
  headers: { "X-Gogs-Delivery": "{id}", "X-Gogs-Event": "{type}" },
};
