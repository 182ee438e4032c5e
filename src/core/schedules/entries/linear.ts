import type { NamedSchedule } from "../named-schedule.ts";
import { parseSchedule } from "../parse-schedule.ts";

/** Only 200 is accepted. */
export const linear: NamedSchedule = {
  name: "linear",
  title: "Linear",
  source: "https://linear.app/developers/webhooks",
  trust: "quoted",
  retries: { kind: "delays", schedule: parseSchedule("1m,1h,6h") },
  accepts: [[200, 200]],
  timeoutMs: 5000,
};
