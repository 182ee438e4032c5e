import type { Scheme } from "../scheme.ts";
import { standardWebhooks } from "../standard-webhooks.ts";

/** Standard Webhooks under its own names of headers. */
export const svix: Scheme = {
  name: "svix",
  title: "Svix",
  source: "https://docs.svix.com/receiving/verifying-payloads/how-manual",
  trust: "measured",
  signature: standardWebhooks({ prefix: "svix" }),
  eventId: "h:svix-id",
  eventType: "b:type",
  occurredAt: "b:timestamp",
  objectId: "b:data.id",
  schedule: "svix",
  ackBudgetMs: 30_000,
  vectors: [
    {
      source: "https://docs.svix.com/receiving/verifying-payloads/how-manual",
      secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
      headers: [
        "svix-id",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "svix-timestamp",
        "1614265330",
        "svix-signature",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
      ],
      body: '{"test": 2432232314}',
    },
  ],
};
