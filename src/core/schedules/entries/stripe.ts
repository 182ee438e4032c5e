import type { NamedSchedule } from "../named-schedule.ts";

/** Live, for three days; when each comes is not published. */
export const stripe: NamedSchedule = {
  name: "stripe",
  title: "Stripe",
  source: "https://docs.stripe.com/webhooks#automatic-retries",
  trust: "official",
  retries: {
    kind: "unpublished",
    why: "it retries for up to three days with growing delays, in a sandbox three times within a few hours, and publishes no intervals",
  },
};
