import type { Scheme } from "../scheme.ts";
import { standardWebhooks } from "../standard-webhooks.ts";

/** The key is the whole text of the secret. */
export const polar: Scheme = {
  name: "polar",
  title: "Polar",
  source: "https://docs.polar.sh/integrate/webhooks/delivery",
  trust: "measured",
  signature: standardWebhooks({ key: "utf8" }),
  eventId: "h:webhook-id",
  eventType: "b:type",
};
