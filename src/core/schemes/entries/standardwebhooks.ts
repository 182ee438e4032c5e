import { combinedRule } from "../combined-rule.ts";
import type { Scheme } from "../scheme.ts";
import { standardWebhooks } from "../standard-webhooks.ts";

/** Both kinds of its list: v1 under a shared secret, v1a under a pair of keys. What hookcli sends is v1. */
export const standardwebhooks: Scheme = {
  name: "standardwebhooks",
  title: "Standard Webhooks",
  source: "https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md",
  trust: "measured",
  signature: combinedRule("any", standardWebhooks(), {
    ...standardWebhooks(),
    algorithm: "ed25519",
    key: "ed25519",
    headers: { "webhook-id": "{id}", "webhook-timestamp": "{ts}", "webhook-signature": "v1a,{sig}" },
  }),
  eventId: "h:webhook-id",
  eventType: "b:type",
  occurredAt: "b:timestamp",
  objectId: "b:data.id",
  schedule: "standardwebhooks",
  ackBudgetMs: 15_000,
  vectors: [
    {
      source: "https://github.com/standard-webhooks/standard-webhooks/tree/main/libraries",
      secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
      headers: [
        "webhook-id",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp",
        "1614265330",
        "webhook-signature",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
      ],
      body: '{"test": 2432232314}',
    },
  ],
};
