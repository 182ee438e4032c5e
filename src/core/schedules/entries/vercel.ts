import type { NamedSchedule } from "../named-schedule.ts";

/** Growing delays for a day. */
export const vercel: NamedSchedule = {
  name: "vercel",
  title: "Vercel",
  source: "https://vercel.com/docs/webhooks",
  trust: "secondary",
  retries: { kind: "count", withinMs: 86_400_000 },
  timeoutMs: 30_000,
};
