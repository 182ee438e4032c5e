import type { Scheme } from "../scheme.ts";
import { standardWebhooks } from "../standard-webhooks.ts";

/** The kind under a pair of keys; the libraries for JavaScript pass over it. */
export const standardwebhooksV1a: Scheme = {
  name: "standardwebhooks-v1a",
  title: "Standard Webhooks, asymmetric",
  source: "https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md",
  trust: "code",
  signature: {
    ...standardWebhooks(),
    algorithm: "ed25519",
    key: "ed25519",
    headers: { "webhook-id": "{id}", "webhook-timestamp": "{ts}", "webhook-signature": "v1a,{sig}" },
  },
  eventId: "h:webhook-id",
  eventType: "b:type",
  occurredAt: "b:timestamp",
  objectId: "b:data.id",
  schedule: "standardwebhooks",
  ackBudgetMs: 15_000,
};
