import type { NamedSchedule } from "../named-schedule.ts";
import { parseSchedule } from "../parse-schedule.ts";

/** For handlers that are only restarted. */
export const brief: NamedSchedule = {
  name: "brief",
  alias: "001",
  title: "Two retries within six minutes",
  source: "a common example in guides to webhooks",
  trust: "reference",
  retries: { kind: "delays", schedule: parseSchedule("60s,300s") },
};
