import type { Scheme } from "../scheme.ts";
import { standardWebhooks } from "../standard-webhooks.ts";

/** Sends through Svix, under the names of Standard Webhooks. */
export const brex: Scheme = {
  name: "brex",
  title: "Brex",
  source: "https://developer.brex.com/docs/webhooks/",
  trust: "secondary",
  signature: standardWebhooks(),
  eventId: "h:webhook-id",
  eventType: "b:event_type",
};
