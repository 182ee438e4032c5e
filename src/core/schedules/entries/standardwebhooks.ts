import type { NamedSchedule } from "../named-schedule.ts";
import { parseSchedule } from "../parse-schedule.ts";

/** What the specification recommends; whoever follows it may choose others. */
export const standardwebhooks: NamedSchedule = {
  name: "standardwebhooks",
  title: "Standard Webhooks",
  source: "https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md",
  trust: "official",
  retries: { kind: "delays", schedule: parseSchedule("5s,5m,30m,2h,5h,10h,14h,20h,24h") },
  stopsOn: [[410, 410]],
  timeoutMs: 15_000,
  says: "a recommendation with jitter of the sender's choice; Retry-After is honoured, and 429, 502 and 504 slow the sender down",
};
