import type { NamedSchedule } from "../named-schedule.ts";

/** Some time later. */
export const circleci: NamedSchedule = {
  name: "circleci",
  title: "CircleCI",
  source: "https://circleci.com/docs/outbound-webhooks/",
  trust: "official",
  retries: { kind: "unpublished", why: "it says that a delivery is tried again at a later time, and not when" },
  timeoutMs: 10_000,
};
