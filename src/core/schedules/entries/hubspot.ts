import type { NamedSchedule } from "../named-schedule.ts";

/** Spread at random, so that they do not all come at once. */
export const hubspot: NamedSchedule = {
  name: "hubspot",
  title: "HubSpot",
  source: "https://developers.hubspot.com/docs/api/webhooks",
  trust: "quoted",
  retries: { kind: "count", most: 10, withinMs: 86_400_000 },
  timeoutMs: 5000,
};
