import type { Scheme } from "../scheme.ts";
import { standardWebhooks } from "../standard-webhooks.ts";

/** Sends through Svix. */
export const clerk: Scheme = {
  name: "clerk",
  title: "Clerk",
  source: "https://clerk.com/docs/guides/development/webhooks/overview",
  trust: "measured",
  signature: standardWebhooks({ prefix: "svix" }),
  eventId: "h:svix-id",
  eventType: "b:type",
  schedule: "clerk",
  ackBudgetMs: 30_000,
};
