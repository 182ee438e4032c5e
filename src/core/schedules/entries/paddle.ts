import type { NamedSchedule } from "../named-schedule.ts";

/** Of live accounts. */
export const paddle: NamedSchedule = {
  name: "paddle",
  title: "Paddle",
  source: "https://developer.paddle.com/webhooks/about/respond-to-webhooks",
  trust: "official",
  retries: { kind: "count", most: 60, withinMs: 259_200_000 },
  timeoutMs: 5000,
  says: "in a sandbox three retries within 15 minutes",
};
