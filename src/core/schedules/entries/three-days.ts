import type { NamedSchedule } from "../named-schedule.ts";

/** What is often written about Stripe, and what Stripe does not say. */
export const threeDays: NamedSchedule = {
  name: "three-days",
  alias: "003",
  title: "36 retries within 72 hours",
  source: "said of Stripe in guides to webhooks; Stripe documents no such number",
  trust: "undocumented",
  retries: { kind: "count", most: 36, withinMs: 259_200_000 },
  says: "Stripe itself publishes no number and no intervals: see the schedule stripe",
};
