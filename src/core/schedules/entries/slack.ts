import type { NamedSchedule } from "../named-schedule.ts";
import { parseSchedule } from "../parse-schedule.ts";

/** The first retry comes nearly at once. */
export const slack: NamedSchedule = {
  name: "slack",
  title: "Slack",
  source: "https://docs.slack.dev/apis/events-api/#retries",
  trust: "quoted",
  retries: { kind: "delays", schedule: parseSchedule("0s,1m,5m") },
  timeoutMs: 3000,
  headers: { reason: "x-slack-retry-reason", stop: "x-slack-no-retry" },
  says: "an app is switched off when fewer than 5 % of at least 1,000 events within an hour are accepted",
};
