import type { Scheme } from "../scheme.ts";

/** The old header of SHA-1 beside it is not looked at. */
export const github: Scheme = {
  name: "github",
  title: "GitHub",
  source: "https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries",
  trust: "measured",
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{body}",
    headers: { "X-Hub-Signature-256": "sha256={sig}" },
  },
  eventId: "h:x-github-delivery",
  eventType: "h:x-github-event+b:action",
  headers: {
    "X-GitHub-Delivery": "{id}",
    "X-GitHub-Event": "{type}",
    "X-GitHub-Hook-ID": "123456789",
    "X-GitHub-Hook-Installation-Target-ID": "987654321",
    "X-GitHub-Hook-Installation-Target-Type": "repository",
  },
  userAgent: "GitHub-Hookshot/1440bf9",
  handshake: "github",
  schedule: "github",
  ackBudgetMs: 10_000,
  sdk: ["reads-text", "refuses-empty"],
  vectors: [
    {
      source: "https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries",
      secret: "It's a Secret to Everybody",
      headers: ["X-Hub-Signature-256", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"],
      body: "Hello, World!",
    },
  ],
};
