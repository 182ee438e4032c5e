import type { NamedSchedule } from "../named-schedule.ts";

/** Three retries with growing delays. */
export const figma: NamedSchedule = {
  name: "figma",
  title: "Figma",
  source: "https://developers.figma.com/docs/rest-api/webhooks/",
  trust: "official",
  retries: { kind: "count", most: 3 },
  accepts: [[200, 200]],
};
