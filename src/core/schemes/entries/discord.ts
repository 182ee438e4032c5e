import type { Scheme } from "../scheme.ts";

/** The secret is the public key of the application, for sending a private one. It sends wrong signatures on purpose, which must be refused. */
export const discord: Scheme = {
  name: "discord",
  title: "Discord",
  source: "https://docs.discord.com/developers/events/webhook-events",
  trust: "measured",
  signature: {
    kind: "template",
    algorithm: "ed25519",
    encoding: "hex",
    key: "ed25519",
    content: "{ts}{body}",
    headers: { "X-Signature-Ed25519": "{sig}", "X-Signature-Timestamp": "{ts}" },
    timestamp: { unit: "s" },
  },
  eventId: "b:id",
  eventType: "b:event.type|b:type",
  userAgent: "Discord-Webhook/1.0 (+https://discord.com)",
  handshake: "discord",
  schedule: "discord",
  ackBudgetMs: 3000,
  sdk: ["no-age-check"],
};
