import type { NamedSchedule } from "../named-schedule.ts";

/** Growing delays. */
export const openai: NamedSchedule = {
  name: "openai",
  title: "OpenAI",
  source: "https://platform.openai.com/docs/guides/webhooks",
  trust: "secondary",
  retries: { kind: "unpublished", why: "it retries with growing delays and publishes no intervals" },
  timeoutMs: 20_000,
};
