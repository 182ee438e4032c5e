import type { NamedSchedule } from "../named-schedule.ts";
import { parseSchedule } from "../parse-schedule.ts";

/** Sends through Svix. */
export const clerk: NamedSchedule = {
  name: "clerk",
  title: "Clerk",
  source: "https://docs.svix.com/retries",
  trust: "code",
  retries: { kind: "delays", schedule: parseSchedule("5s,5m,30m,2h,5h,10h,10h") },
  timeoutMs: 30_000,
};
