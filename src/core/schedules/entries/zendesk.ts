import type { NamedSchedule } from "../named-schedule.ts";

/** Only after some statuses. */
export const zendesk: NamedSchedule = {
  name: "zendesk",
  title: "Zendesk",
  source: "https://developer.zendesk.com/documentation/webhooks/",
  trust: "official",
  retries: {
    kind: "unpublished",
    why: "it retries on some statuses only, stops sending to a target that keeps failing, and publishes no intervals",
  },
};
