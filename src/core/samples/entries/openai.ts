import { type Sample, type Samples, unixSeconds } from "../sample.ts";

function event(type: string, prefix: string, length: number): Sample {
  return {
    type,
    build: (make) => ({
      id: make.eventId,
      object: "event",
      created_at: unixSeconds(make.atMs),
      type,
      data: { id: prefix + make.ids.hex(prefix, length) },
    }),
  };
}

export const openai: Samples = {
  provider: "openai",
  source: "https://platform.openai.com/docs/api-reference/webhook-events",
  types: [
    event("response.completed", "resp_", 50),
    event("response.failed", "resp_", 50),
    event("batch.completed", "batch_", 32),
    event("batch.failed", "batch_", 32),
    event("fine_tuning.job.succeeded", "ftjob-", 24),
    event("fine_tuning.job.failed", "ftjob-", 24),
  ],
  eventId: (own) => `evt_${own.hex("event", 48)}`,
  snapshot: "data",
};
