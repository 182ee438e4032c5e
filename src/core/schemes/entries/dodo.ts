import type { Scheme } from "../scheme.ts";
import { standardWebhooks } from "../standard-webhooks.ts";

/** Standard Webhooks as they are. */
export const dodo: Scheme = {
  name: "dodo",
  title: "Dodo Payments",
  source: "https://docs.dodopayments.com/developer-resources/webhooks",
  trust: "code",
  signature: standardWebhooks(),
  eventId: "h:webhook-id",
  eventType: "b:type",
};
