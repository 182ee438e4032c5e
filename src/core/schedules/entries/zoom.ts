import type { NamedSchedule } from "../named-schedule.ts";
import { parseSchedule } from "../parse-schedule.ts";

/** Three retries. */
export const zoom: NamedSchedule = {
  name: "zoom",
  title: "Zoom",
  source: "https://developers.zoom.us/blog/webhook-delays",
  trust: "official",
  retries: { kind: "delays", schedule: parseSchedule("5m,20m,60m") },
  accepts: [
    [200, 200],
    [204, 204],
  ],
  timeoutMs: 3000,
};
