import type { NamedSchedule } from "../named-schedule.ts";
import { parseSchedule } from "../parse-schedule.ts";

/** Short enough to be watched. */
export const seconds: NamedSchedule = {
  name: "seconds",
  alias: "004",
  title: "Five retries, each after twice the time",
  source: "a common example of exponential backoff",
  trust: "reference",
  retries: { kind: "delays", schedule: parseSchedule("exp:1s*2^5<=60s") },
};
