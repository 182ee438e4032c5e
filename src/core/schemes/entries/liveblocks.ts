import type { Scheme } from "../scheme.ts";
import { standardWebhooks } from "../standard-webhooks.ts";

/** Standard Webhooks as they are. */
export const liveblocks: Scheme = {
  name: "liveblocks",
  title: "Liveblocks",
  source: "https://liveblocks.io/docs/platform/webhooks",
  trust: "measured",
  signature: standardWebhooks(),
  eventId: "h:webhook-id",
  eventType: "b:type",
};
