import type { NamedSchedule } from "../named-schedule.ts";

/** How many and how long is published, when each comes is not. */
export const shopify: NamedSchedule = {
  name: "shopify",
  title: "Shopify",
  source: "https://shopify.dev/docs/apps/build/webhooks/troubleshooting-webhooks",
  trust: "official",
  retries: { kind: "count", most: 8, withinMs: 14_400_000 },
  timeoutMs: 5000,
  says: "after eight failures in a row the subscription is removed where it was made through the Admin API",
};
