import type { Scheme } from "../scheme.ts";
import { standardWebhooks } from "../standard-webhooks.ts";

/** A secret that does not begin with `whsec_` is the key as it is. */
export const openai: Scheme = {
  name: "openai",
  title: "OpenAI",
  source: "https://platform.openai.com/docs/guides/webhooks",
  trust: "measured",
  signature: standardWebhooks({ key: "whsec-or-utf8" }),
  eventId: "h:webhook-id",
  eventType: "b:type",
  occurredAt: "b:created_at",
  objectId: "b:data.id",
  userAgent: "OpenAI/1.0 (+https://platform.openai.com/docs/webhooks)",
  schedule: "openai",
  ackBudgetMs: 20_000,
};
