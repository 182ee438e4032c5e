import type { NamedSchedule } from "../named-schedule.ts";
import { parseSchedule } from "../parse-schedule.ts";

/** Also of those who send through Svix. */
export const svix: NamedSchedule = {
  name: "svix",
  title: "Svix",
  source: "https://github.com/svix/svix-webhooks/blob/main/server/svix-server/config.default.toml",
  trust: "code",
  retries: { kind: "delays", schedule: parseSchedule("5s,5m,30m,2h,5h,10h,10h") },
  timeoutMs: 30_000,
};
