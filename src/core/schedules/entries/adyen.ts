import type { NamedSchedule } from "../named-schedule.ts";
import { parseSchedule } from "../parse-schedule.ts";

/** Every eight hours until 30 days are over. */
export const adyen: NamedSchedule = {
  name: "adyen",
  title: "Adyen",
  source: "https://docs.adyen.com/development-resources/webhooks/troubleshoot",
  trust: "official",
  retries: { kind: "delays", schedule: parseSchedule("9s,18s,27s,2m,5m,10m,15m,30m,1h,2h,4h,linear:8h*100 max 30d") },
  timeoutMs: 10_000,
  says: "while one event fails, those behind it wait",
};
