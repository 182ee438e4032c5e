import { askedWith } from "../recognised-by.ts";
import type { Scheme } from "../scheme.ts";

/** Says only that something changed: no id, no type. */
export const dropbox: Scheme = {
  name: "dropbox",
  title: "Dropbox",
  source: "https://www.dropbox.com/developers/reference/webhooks",
  trust: "secondary",
  recognisedBy: {
    headers: ["x-dropbox-signature"],
    query: askedWith("challenge", "DropboxWebhooks"),
  },
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
