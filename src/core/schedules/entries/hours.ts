import type { NamedSchedule } from "../named-schedule.ts";
import { parseSchedule } from "../parse-schedule.ts";

/** Many guides recommend it to whoever sends. */
export const hours: NamedSchedule = {
  name: "hours",
  alias: "000",
  title: "Five retries within nine hours",
  source: "a common recommendation for those who send webhooks",
  trust: "reference",
  retries: { kind: "delays", schedule: parseSchedule("1m,5m,30m,2h,6h") },
};
