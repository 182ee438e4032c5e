import type { NamedSchedule } from "../named-schedule.ts";
import { parseSchedule } from "../parse-schedule.ts";

/** A handler that wants no more of them answers 406. */
export const mailgun: NamedSchedule = {
  name: "mailgun",
  title: "Mailgun",
  source: "https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/webhook-retries",
  trust: "official",
  retries: { kind: "delays", schedule: parseSchedule("5m,10m,15m,1h,2h,4h") },
  accepts: [[200, 200]],
  stopsOn: [[406, 406]],
};
