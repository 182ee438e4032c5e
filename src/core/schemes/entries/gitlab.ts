import type { Scheme } from "../scheme.ts";
import { standardWebhooks } from "../standard-webhooks.ts";

/** A token that is sent along; where a signature by the signing token is there too, it alone decides. */
export const gitlab: Scheme = {
  name: "gitlab",
  title: "GitLab",
  source: "https://docs.gitlab.com/user/project/integrations/webhooks/",
  trust: "code",
  recognisedBy: { headers: ["x-gitlab-event", "x-gitlab-token"] },
  signature: { kind: "static", place: "h:x-gitlab-token", unlessSigned: standardWebhooks() },
  eventId: "h:webhook-id|h:idempotency-key|h:x-gitlab-event-uuid",
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
