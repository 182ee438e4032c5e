import type { NamedSchedule } from "../named-schedule.ts";
import { parseSchedule } from "../parse-schedule.ts";

/** Three retries, each after five times the delay. */
export const lemonsqueezy: NamedSchedule = {
  name: "lemonsqueezy",
  title: "Lemon Squeezy",
  source: "https://docs.lemonsqueezy.com/help/webhooks",
  trust: "quoted",
  retries: { kind: "delays", schedule: parseSchedule("5s,25s,125s") },
  accepts: [[200, 200]],
};
