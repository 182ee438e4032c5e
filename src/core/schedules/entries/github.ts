import type { NamedSchedule } from "../named-schedule.ts";

/** No retries at all. */
export const github: NamedSchedule = {
  name: "github",
  title: "GitHub",
  source: "https://docs.github.com/en/webhooks/using-webhooks/handling-failed-webhook-deliveries",
  trust: "official",
  retries: {
    kind: "none",
    why: "a failed delivery is never sent again by itself; for three days a person or a script can have it redelivered",
  },
  timeoutMs: 10_000,
};
