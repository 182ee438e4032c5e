import type { Scheme } from "../scheme.ts";
import { standardWebhooks } from "../standard-webhooks.ts";

/** Sends through Svix. */
export const resend: Scheme = {
  name: "resend",
  title: "Resend",
  source: "https://resend.com/docs/dashboard/webhooks/verify-webhooks-requests",
  trust: "measured",
  signature: standardWebhooks({ prefix: "svix" }),
  eventId: "h:svix-id",
  eventType: "b:type",
  occurredAt: "b:created_at",
  objectId: "b:data.email_id",
  schedule: "resend",
  ackBudgetMs: 30_000,
};
