import { askedWith } from "../recognised-by.ts";
import type { Scheme } from "../scheme.ts";

/** The key is the consumer secret of the application. */
export const x: Scheme = {
  name: "x",
  title: "X",
  source: "https://docs.x.com/x-api/webhooks/introduction",
  trust: "secondary",
  recognisedBy: {
    headers: ["x-twitter-webhooks-signature"],
    query: askedWith("crc_token"),
  },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "base64",
    key: "utf8",
    content: "{body}",
    headers: { "x-twitter-webhooks-signature": "sha256={sig}" },
  },
  handshake: "x",
  ackBudgetMs: 10_000,
};
