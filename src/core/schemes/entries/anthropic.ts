import type { Scheme } from "../scheme.ts";
import { standardWebhooks } from "../standard-webhooks.ts";

/** As its SDK verifies them. */
export const anthropic: Scheme = {
  name: "anthropic",
  title: "Anthropic",
  source: "https://docs.anthropic.com/",
  trust: "measured",
  signature: standardWebhooks(),
  eventId: "h:webhook-id",
  eventType: "b:type",
  occurredAt: "b:created_at",
  objectId: "b:data.id",
};
