import type { NamedSchedule } from "../named-schedule.ts";

/** How many and how long is published. */
export const paypal: NamedSchedule = {
  name: "paypal",
  title: "PayPal",
  source: "https://developer.paypal.com/api/rest/webhooks/",
  trust: "quoted",
  retries: { kind: "count", most: 25, withinMs: 259_200_000 },
};
