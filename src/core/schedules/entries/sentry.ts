import type { NamedSchedule } from "../named-schedule.ts";

/** What it says about failures is not about retries. */
export const sentry: NamedSchedule = {
  name: "sentry",
  title: "Sentry",
  source: "https://docs.sentry.io/organization/integrations/integration-platform/webhooks/",
  trust: "official",
  retries: {
    kind: "unpublished",
    why: "its documentation says nothing about retries, only that 1,000 timeouts within 24 hours end the subscription",
  },
  timeoutMs: 1000,
};
