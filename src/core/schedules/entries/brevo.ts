import type { NamedSchedule } from "../named-schedule.ts";
import { parseSchedule } from "../parse-schedule.ts";

/** Four retries, and none after most statuses that are no success. */
export const brevo: NamedSchedule = {
  name: "brevo",
  title: "Brevo",
  source: "https://developers.brevo.com/docs/retry-mechanism",
  trust: "official",
  retries: { kind: "delays", schedule: parseSchedule("10m,1h,2h,8h") },
  stopsOn: [
    [400, 428],
    [430, 599],
  ],
  says: "only 429 and no answer at all are retried: every other 4xx, and any 5xx, ends it",
};
