import type { NamedSchedule } from "../named-schedule.ts";
import { parseSchedule } from "../parse-schedule.ts";

/** Sends through Svix. */
export const resend: NamedSchedule = {
  name: "resend",
  title: "Resend",
  source: "https://resend.com/docs/webhooks/retries-and-replays",
  trust: "official",
  retries: { kind: "delays", schedule: parseSchedule("5s,5m,30m,2h,5h,10h,10h") },
  timeoutMs: 30_000,
};
