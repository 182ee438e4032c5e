import type { Scheme } from "../scheme.ts";

/** The time in its header is not signed. */
export const sentry: Scheme = {
  name: "sentry",
  title: "Sentry",
  source: "https://docs.sentry.io/organization/integrations/integration-platform/webhooks/",
  trust: "official",
  recognisedBy: { headers: ["sentry-hook-signature", "sentry-hook-resource"] },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{body}",
    headers: { "Sentry-Hook-Signature": "{sig}" },
  },
  eventId: "h:request-id",
  eventType: "h:sentry-hook-resource+b:action",
  headers: { "Request-ID": "{id}", "Sentry-Hook-Resource": "{type}", "Sentry-Hook-Timestamp": "{seconds}" },
  schedule: "sentry",
  ackBudgetMs: 1000,
};
