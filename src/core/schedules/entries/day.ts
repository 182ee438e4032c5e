import type { NamedSchedule } from "../named-schedule.ts";
import { parseSchedule } from "../parse-schedule.ts";

/** The same, for those who wait longer. */
export const day: NamedSchedule = {
  name: "day",
  alias: "002",
  title: "Six retries within two days",
  source: "a common recommendation for those who send webhooks",
  trust: "reference",
  retries: { kind: "delays", schedule: parseSchedule("1m,5m,30m,2h,8h,24h") },
};
