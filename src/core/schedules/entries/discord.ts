import type { NamedSchedule } from "../named-schedule.ts";

/** Exponential, for ten minutes at the most. */
export const discord: NamedSchedule = {
  name: "discord",
  title: "Discord webhook events",
  source: "https://docs.discord.com/developers/events/webhook-events",
  trust: "official",
  retries: { kind: "count", withinMs: 600_000 },
  accepts: [[204, 204]],
  timeoutMs: 3000,
};
