import type { NamedSchedule } from "../named-schedule.ts";
import { parseSchedule } from "../parse-schedule.ts";

/** Twelve retries within two days. */
export const wix: NamedSchedule = {
  name: "wix",
  title: "Wix",
  source: "https://dev.wix.com/docs/rest/articles/getting-started/webhook-resend-policy",
  trust: "official",
  retries: { kind: "delays", schedule: parseSchedule("1m,10m,1h,2h,2h,2h,4h,4h,4h,8h,8h,12h") },
  accepts: [[200, 200]],
  timeoutMs: 1250,
};
