import type { NamedSchedule } from "../named-schedule.ts";

/** No retries of one event. */
export const gitlab: NamedSchedule = {
  name: "gitlab",
  title: "GitLab",
  source: "https://docs.gitlab.com/user/project/integrations/webhooks/",
  trust: "code",
  retries: { kind: "none", why: "one event is sent once; a hook that keeps failing is switched off for a while" },
  accepts: [[200, 399]],
  timeoutMs: 10_000,
};
