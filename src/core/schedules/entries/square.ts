import type { NamedSchedule } from "../named-schedule.ts";
import { parseSchedule } from "../parse-schedule.ts";

/** Each retry has the bytes and the signature of the first. */
export const square: NamedSchedule = {
  name: "square",
  title: "Square",
  source: "https://developer.squareup.com/docs/webhooks/overview",
  trust: "quoted",
  retries: { kind: "delays", schedule: parseSchedule("1m,2m,4m,8m,16m,32m,1h,2h,4h,8h,8h") },
  timeoutMs: 10_000,
  headers: { reason: "square-retry-reason", firstAt: "square-initial-delivery-timestamp" },
  says: "older pages of its documentation say hourly for up to 72 hours",
};
