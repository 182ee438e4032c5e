import type { Scheme } from "../scheme.ts";

/** Says only that something changed: no id, no type. */
export const dropbox: Scheme = {
  name: "dropbox",
  title: "Dropbox",
  source: "https://www.dropbox.com/developers/reference/webhooks",
  trust: "secondary",
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{body}",
    headers: { "X-Dropbox-Signature": "{sig}" },
  },
  handshake: "dropbox",
};
