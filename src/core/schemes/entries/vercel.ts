import type { Scheme } from "../scheme.ts";

/** Hashed with SHA-1. */
export const vercel: Scheme = {
  name: "vercel",
  title: "Vercel",
  source: "https://vercel.com/docs/webhooks/webhooks-api",
  trust: "secondary",
  recognisedBy: { headers: ["x-vercel-signature"] },
  signature: {
    kind: "template",
    algorithm: "hmac-sha1",
    encoding: "hex",
    key: "utf8",
    content: "{body}",
    headers: { "x-vercel-signature": "{sig}" },
  },
  eventId: "b:id",
  eventType: "b:type",
  schedule: "vercel",
  ackBudgetMs: 30_000,
};
