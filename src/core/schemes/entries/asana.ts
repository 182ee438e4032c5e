import type { Scheme } from "../scheme.ts";

/** The key is what the handshake brought in X-Hook-Secret. Several events come in one request. */
export const asana: Scheme = {
  name: "asana",
  title: "Asana",
  source: "https://developers.asana.com/docs/webhooks-guide",
  trust: "official",
  recognisedBy: { headers: ["x-hook-signature", "x-hook-secret"] },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{body}",
    headers: { "X-Hook-Signature": "{sig}" },
  },
  eventType: "b:events.0.resource.resource_type+b:events.0.action",
  handshake: "asana",
};
