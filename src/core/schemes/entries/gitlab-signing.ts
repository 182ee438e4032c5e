import type { Scheme } from "../scheme.ts";
import { standardWebhooks } from "../standard-webhooks.ts";

/** The signing token, which takes the place of the older one that is merely sent along. */
export const gitlabSigning: Scheme = {
  name: "gitlab-signing",
  title: "GitLab, signing token",
  source: "https://gitlab.com/gitlab-org/gitlab/-/merge_requests/230944",
  trust: "code",
  signature: standardWebhooks(),
  eventId: "h:webhook-id|h:idempotency-key",
  eventType: "h:x-gitlab-event",
  headers: {
    "X-Gitlab-Event": "{type}",
    "X-Gitlab-Webhook-UUID": "{uuid}",
    "X-Gitlab-Instance": "https://gitlab.example.com",
    "X-Gitlab-Event-UUID": "{uuid}",
    "Idempotency-Key": "{id}",
  },
  userAgent: "GitLab/18.5.0",
  schedule: "gitlab",
  ackBudgetMs: 10_000,
};
