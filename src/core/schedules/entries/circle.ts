import type { NamedSchedule } from "../named-schedule.ts";
import { parseSchedule } from "../parse-schedule.ts";

/** Eleven retries. */
export const circle: NamedSchedule = {
  name: "circle",
  title: "Circle Payments Network",
  source: "https://developers.circle.com/cpn/references/webhook-retries",
  trust: "official",
  retries: { kind: "delays", schedule: parseSchedule("1s,10s,30s,1m,15m,1h,3h,5h,6h,10h,11h") },
  says: "in testing the first six only",
};
